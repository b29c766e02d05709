import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { answer, ask, start } from '../processes.js';
import { median } from './median.js';
import type { CheckMeasure, FloorMeasure, ServerCounts, ServerReady } from './messages.js';

export interface SizeResult {
  readonly nodes: number;
  readonly pods: number;
  readonly wallMs: number;
  readonly floorMs: number;
  readonly ratio: number;
  readonly peakRssMb: number;
  readonly bytes: number;
  readonly requests: number;
  readonly checks: number;
  /** The server's processor time as a part of the floor's wall time. */
  readonly serverShare: number;
  readonly floorRssMb: number;
  /** Processor time of the checks' process over that of the floor's. */
  readonly cpuRatio: number;
}

/** One size of cluster: floor and catalogue in turn, `rounds` times; the medians of the times, the highest memory. */
export async function measureSize(nodes: number, rounds: number): Promise<SizeResult> {
  const server = start('check/serve-cluster.js', [String(nodes)]);
  const folder = await mkdtemp(path.join(tmpdir(), 'acknet-bench-'));
  try {
    const ready = await answer<ServerReady>(server);
    const measured: Round[] = [];
    for (let round = 0; round < rounds; round += 1)
      measured.push(await measureRound(server, ready, path.join(folder, 'kubeconfig')));
    return summarise(nodes, ready.pods, measured);
  } finally {
    server.disconnect();
    await rm(folder, { recursive: true });
  }
}

interface Round {
  readonly floor: FloorMeasure;
  readonly floorCounts: ServerCounts;
  readonly check: CheckMeasure;
  readonly checkCounts: ServerCounts;
}

async function measureRound(
  server: ChildProcess,
  { port, lists }: ServerReady,
  kubeconfig: string,
): Promise<Round> {
  await counts(server);
  const check = await answer<CheckMeasure>(start('check/run-checks.js', [String(port), kubeconfig]));
  const checkCounts = await counts(server);
  if (check.faults.length > 0)
    throw new Error(`checks were kept from a verdict:\n${check.faults.join('\n')}`);
  const twice = Object.entries(checkCounts.lists).filter(([, times]) => times > 1);
  if (twice.length > 0) throw new Error(`listed more than once: ${twice.map(([list]) => list).join(', ')}`);
  const listed = lists.filter((list) => checkCounts.lists[list] !== undefined);
  const floor = await answer<FloorMeasure>(start('check/run-floor.js', [String(port), ...listed]));
  return { check, checkCounts, floor, floorCounts: await counts(server) };
}

function summarise(nodes: number, pods: number, rounds: readonly Round[]): SizeResult {
  const wallMs = median(rounds.map(({ check }) => check.wallMs));
  const floorMs = median(rounds.map(({ floor }) => floor.wallMs));
  const last = rounds.at(-1);
  return {
    nodes,
    pods,
    wallMs: Math.round(wallMs),
    floorMs: Math.round(floorMs),
    ratio: Math.round((wallMs / floorMs) * 1000) / 1000,
    peakRssMb: Math.round(Math.max(...rounds.map(({ check }) => check.peakRssMb))),
    bytes: last?.checkCounts.bytes ?? 0,
    requests: last?.checkCounts.requests ?? 0,
    checks: last?.check.checks ?? 0,
    serverShare: median(rounds.map(({ floorCounts, floor }) => floorCounts.cpuMs / floor.wallMs)),
    cpuRatio: median(rounds.map(({ check, floor }) => check.cpuMs / floor.cpuMs)),
    floorRssMb: Math.round(Math.max(...rounds.map(({ floor }) => floor.peakRssMb))),
  };
}

const counts = (server: ChildProcess): Promise<ServerCounts> => ask(server, 'counts');
