import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { answer, ask, start } from '../../processes.js';
import { median } from '../median.js';
import type { AccountCounts, AccountReady, CheckMeasure, ServerReady } from '../messages.js';

/** One size of cluster: the catalogue without and with the account, in turn. */
export interface CloudResult {
  readonly nodes: number;
  readonly pods: number;
  readonly aloneMs: number;
  readonly connectedMs: number;
  /** Wall time with the account over that without it, and processor time of the checks' process likewise. */
  readonly ratio: number;
  readonly cpuRatio: number;
  /** Calls of one run, by `<product>:<API>`. */
  readonly calls: Readonly<Record<string, number>>;
  /** Checks that the account's share of calls left open. */
  readonly overBudget: readonly string[];
  /** The account's processor time as a part of the connected run's wall time. */
  readonly accountShare: number;
}

interface Round {
  readonly alone: CheckMeasure;
  readonly connected: CheckMeasure;
  readonly account: AccountCounts;
}

export async function measureCloud(nodes: number, rounds: number): Promise<CloudResult> {
  const server = start('check/serve-cluster.js', [String(nodes)]);
  const account = start('check/cloud/serve-account.js', [String(nodes)]);
  const folder = await mkdtemp(path.join(tmpdir(), 'acknet-bench-'));
  try {
    const [{ port, pods }, { url }] = await Promise.all([
      answer<ServerReady>(server),
      answer<AccountReady>(account),
    ]);
    const run = [String(port), path.join(folder, 'kubeconfig')];
    const measured: Round[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const alone = await checked(run);
      await ask<AccountCounts>(account, 'counts');
      const connected = await checked([...run, url]);
      measured.push({ alone, connected, account: await ask<AccountCounts>(account, 'counts') });
    }
    return summarise({ nodes, pods }, measured);
  } finally {
    server.disconnect();
    account.disconnect();
    await rm(folder, { recursive: true });
  }
}

async function checked(run: readonly string[]): Promise<CheckMeasure> {
  const measure = await answer<CheckMeasure>(start('check/run-checks.js', run));
  if (measure.faults.length > 0)
    throw new Error(`checks were kept from a verdict:\n${measure.faults.join('\n')}`);
  return measure;
}

function summarise(size: Pick<CloudResult, 'nodes' | 'pods'>, rounds: readonly Round[]): CloudResult {
  const of = (value: (round: Round) => number) => median(rounds.map(value));
  const last = rounds.at(-1);
  return {
    ...size,
    aloneMs: Math.round(of(({ alone }) => alone.wallMs)),
    connectedMs: Math.round(of(({ connected }) => connected.wallMs)),
    ratio: of(({ alone, connected }) => connected.wallMs / alone.wallMs),
    cpuRatio: of(({ alone, connected }) => connected.cpuMs / alone.cpuMs),
    calls: last?.account.calls ?? {},
    overBudget: [...new Set(rounds.flatMap(({ connected }) => connected.overBudget))],
    accountShare: of(({ account, connected }) => account.cpuMs / connected.wallMs),
  };
}
