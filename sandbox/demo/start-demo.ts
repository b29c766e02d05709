import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildApp, type Tuning } from '../../src/app.js';
import { checks } from '../../src/checks/index.js';
import { loadKnowledge } from '../../src/cli/load-knowledge.js';
import { openClouds, sharedShare } from '../../src/cli/open-clouds.js';
import { cloudActionsOf, fixerRules, readerRules } from '../../src/cli/rbac.js';
import { readVersion } from '../../src/cli/read-version.js';
import type { Runtime } from '../../src/cli/runtime.js';
import { opaqueId } from '../../src/cli/serve.js';
import { createClusters } from '../../src/cluster/kube/connecting/create-clusters.js';
import { parseConfig } from '../../src/config/config.js';
import { mask } from '../../src/masking/mask.js';
import { connectRedis } from '../../src/ops/connect-redis.js';
import { createLogger } from '../../src/ops/log.js';
import { createMetrics } from '../../src/ops/metrics.js';
import { remediations } from '../../src/remediations/index.js';
import { startSandboxPage } from '../web/start-sandbox-page.js';
import { scenarioNames, startWorld, type World } from './start-world.js';

/** cluster-x is broken on purpose; the others are named for what they show. */
const FIRST = { name: 'cluster-x', scenario: 'flannel-broken' };
/** Slow enough to see a roll-out, fast enough not to wait for it. */
const POD_START_MS = 700;
/** A real roll-out looks at its first node for longer before it goes on. */
const LONGEST_WAIT_MS = 2000;
const GRACE_MS = 3000;

/** The bot and a worker at work, the far ends they talk to, and the page that shows them. */
export interface Demo {
  readonly world: World;
  /** Of the page. */
  readonly url: string;
  /** What its audit log is read with. */
  readonly audit: { readonly auditKey: string; readonly prefix: string };
  close(): Promise<void>;
}

interface DemoRuntime extends Pick<Runtime, 'env' | 'stderr' | 'root' | 'now'> {
  /** How long acknet waits for clusters before it answers; absent = as ever. */
  readonly waits?: Pick<Tuning, 'factsMs' | 'lookUpMs'> | undefined;
}

/** Starts all of it; whatever started is stopped again if something fails. */
export async function startDemo(port: number, runtime: DemoRuntime): Promise<Demo> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    return { ...(await startParts(port, { runtime, closers })), close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Starting {
  readonly runtime: DemoRuntime;
  readonly closers: (() => Promise<unknown>)[];
}

async function startParts(port: number, { runtime, closers }: Starting): Promise<Omit<Demo, 'close'>> {
  const world = await startWorld({
    clusters: await demoClusters(),
    grants: { reads: readerRules([]), writes: fixerRules([]), cloud: cloudActionsOf([]) },
    redisUrl: runtime.env.ACKNET_REDIS_URL,
    redis: { appendOnly: true, ownGroup: true },
    now: runtime.now,
    podStartMs: POD_START_MS,
    mask,
  });
  closers.push(() => world.close());
  const audit = {
    auditKey: opaqueId(),
    // A Redis that is not ours may hold an acknet already.
    prefix: `{acknet-demo-${opaqueId()}}`,
  };
  const app = await openApp(world, { runtime, closers, ...audit });
  await app.worker.start();
  closers.push(() => app.worker.stop(GRACE_MS));
  await app.bot.start();
  closers.push(() => app.bot.stop(GRACE_MS));
  const page = await openPage(world, { port, root: runtime.root });
  closers.push(() => page.close());
  return { world, url: page.url, audit };
}

async function openApp(world: World, { runtime, closers, auditKey, prefix }: Starting & Demo['audit']) {
  const logger = createLogger({ level: 'warn', pretty: true, destination: runtime.stderr });
  const metrics = createMetrics();
  const knowledge = await loadKnowledge(runtime.root);
  const config = parseConfig(demoFile(world), {
    slack: { botToken: world.slack.botToken, appToken: world.slack.appToken, apiUrl: world.slack.apiUrl },
    redisUrl: world.redisUrl,
    auditKey,
  });
  const redis = connectRedis({ url: world.redisUrl, logger });
  closers.push(async () => redis.disconnect());
  const clusters = createClusters(config.clusters, { requestTimeoutMs: 5000 });
  closers.push(() => clusters.close());
  const clouds = await openClouds(config, {
    env: world.cloudEnv,
    now: runtime.now,
    shared: sharedShare(config, { redis, prefix }),
    onCall: (api, outcome) => metrics.cloudCalls.inc({ api, outcome }),
  });
  closers.push(() => clouds.close());
  const app = buildApp(config, {
    ...{ clusters, clouds, redis, logger, metrics, knowledge, checks, remediations },
    version: readVersion(runtime.root),
    now: runtime.now,
    newId: opaqueId,
    tuning: {
      ...runtime.waits,
      prefix,
      wait: (ms, signal) => sleep(Math.min(ms, LONGEST_WAIT_MS), undefined, { signal }),
    },
  });
  closers.push(() => app.close());
  return app;
}

async function openPage(world: World, { port, root }: { port: number; root: string }) {
  const open = (wanted: number) =>
    startSandboxPage({
      slack: world.slack,
      clusters: () => [...world.clusters.values()].map((cluster) => cluster.state()),
      onClusterChange: (listener) => onAnyChange(world, listener),
      clouds: world.clouds,
      port: wanted,
      pageFolder: path.join(root, 'sandbox', 'dist', 'page'),
    });
  return open(port).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    // Somebody else's; any free port serves as well.
    return open(0);
  });
}

async function demoClusters(): Promise<Record<string, string>> {
  const others = (await scenarioNames()).filter((name) => name !== FIRST.scenario);
  return { [FIRST.name]: FIRST.scenario, ...Object.fromEntries(others.map((name) => [name, name])) };
}

/** Ana asks, Bo approves as a member of @netops, Eve may do neither, Gus is a guest. */
function demoFile(world: World): object {
  const approvers = { groups: ['S0NETOPS'] };
  return {
    clusters: Object.fromEntries(
      Object.entries(world.credentials).map(([name, credentials]) => [name, { ...credentials, approvers }]),
    ),
    channels: { C0OPS: { cluster: FIRST.name } },
    maintainers: { users: ['U0BO'] },
    // A node that does not come back is told of within a visit's patience.
    fixes: { podReadySeconds: 15, verifySeconds: 30 },
  };
}

function onAnyChange({ clusters }: World, listener: () => void): () => void {
  const stops = [...clusters.values()].map(({ store }) => store.subscribe(listener));
  return () => {
    for (const stop of stops) stop();
  };
}
