import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadScenario } from '../../sandbox/cluster/scenario.js';
import { startClusterSimulator } from '../../sandbox/cluster/start-cluster-simulator.js';
import { startPrivateRedis } from '../../sandbox/redis/start-private-redis.js';
import { readerRules } from '../../src/cli/rbac.js';
import { answer, ask, start } from '../processes.js';
import type { Load, LoadMeasure, WorkspaceReady } from './messages.js';
import { startAcknet } from './start-acknet.js';
import type { LoadResult } from './summary.js';

/** Whoever started last would take its start's processor time from all. */
const SETTLE_MS = 2000;

/** By then what runs is warm. */
const WARM_S = 20;

interface Options {
  /** So long the same load goes before and is not counted. */
  readonly warmSeconds: number;
  /** acknet as one process. */
  readonly together: boolean;
}

type Closers = (() => Promise<unknown>)[];

/** The same load on acknet and on a bare Bolt bot, each in a workspace of its own, at the same time. */
export async function measureLoad(load: Load, { warmSeconds, together }: Options): Promise<LoadResult> {
  const closers: Closers = [];
  try {
    const [ours, echoes] = [await openWorkspace(closers), await openWorkspace(closers)];
    const redis = await startPrivateRedis({ appendOnly: true, fsync: 'everysec' });
    closers.push(redis.close);
    const kubeconfig = await openCluster(closers);
    const acknet = await startAcknet({ workspace: ours.ready, redisUrl: redis.url, kubeconfig, together });
    closers.push(acknet.stop);
    const { apiUrl, botToken, appToken } = echoes.ready;
    const echo = start('slack/echo-bot.js', [apiUrl, botToken, appToken]);
    closers.push(async () => echo.disconnect());
    for (const { server } of [ours, echoes]) await ask(server, 'connected?');
    await sleep(SETTLE_MS);
    const bothTake = (load: Load) =>
      Promise.all([ours, echoes].map(({ server }) => ask<LoadMeasure>(server, { load })));
    if (warmSeconds > 0) await bothTake({ ...load, seconds: warmSeconds });

    const rssStartMb = sleep(Math.min(WARM_S, load.seconds / 3) * 1000).then(acknet.rssMb);
    const rssEndMb = sleep(load.seconds * 1000).then(acknet.rssMb);
    const cpuFrom = acknet.cpuMs();
    const [a, b] = await bothTake(load);
    if (a === undefined || b === undefined) throw new TypeError('two workspaces measure');
    return {
      ...{ acknet: a, echo: b, complaints: acknet.complaints() },
      cpuPerMentionMs: (acknet.cpuMs() - cpuFrom) / (load.seconds * load.rate),
      ...{ rssStartMb: await rssStartMb, rssEndMb: await rssEndMb },
    };
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

async function openWorkspace(closers: Closers): Promise<{ server: ChildProcess; ready: WorkspaceReady }> {
  const server = start('slack/serve-workspace.js', []);
  closers.push(async () => server.disconnect());
  return { server, ready: await answer<WorkspaceReady>(server) };
}

/** A cluster whose facts answers are filled in with. Its kubeconfig. */
async function openCluster(closers: Closers): Promise<string> {
  const scenario = await loadScenario('flannel-broken');
  const parts = { scenario, name: 'cluster-x', now: () => new Date(), nextId: randomUUID };
  const cluster = await startClusterSimulator(parts);
  closers.push(cluster.close);
  cluster.grant('reader', readerRules([]));
  const folder = await mkdtemp(path.join(tmpdir(), 'acknet-bench-'));
  closers.push(() => rm(folder, { recursive: true }));
  const kubeconfig = path.join(folder, 'reader.yaml');
  await writeFile(kubeconfig, cluster.kubeconfig('reader'), { mode: 0o600 });
  return kubeconfig;
}
