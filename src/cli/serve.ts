import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { type AcknetApp, buildApp, type Part } from '../app.js';
import { defaultTuning } from '../wiring/app-ports.js';
import { checks } from '../checks/index.js';
import { createClusters } from '../cluster/kube/connecting/create-clusters.js';
import type { FileConfig } from '../config/config.js';
import { connectRedis, refuseSharded } from '../ops/connect-redis.js';
import { createLogger } from '../ops/log.js';
import { createMetrics } from '../ops/metrics.js';
import { onClusterRequest } from '../ops/on-cluster-request.js';
import { startTracing } from '../ops/tracing/start-tracing.js';
import { createTrail } from '../ops/trail.js';
import { untilAborted } from '../ops/until-aborted.js';
import { remediations } from '../remediations/index.js';
import { exitCodes } from './terminal/exit-codes.js';
import { loadKnowledge } from './load-knowledge.js';
import { openClouds, sharedShare } from './open-clouds.js';
import { openInboundServer, openOpsServer } from './ops/open-ops-server.js';
import { readVersion } from './read-version.js';
import { followFiles, readConfiguration } from './reloading/follow-files.js';
import type { CommandResult, Runtime } from './runtime.js';

/** Below the stop_grace_period of docker-compose.yml and the pods' terminationGracePeriodSeconds. */
const GRACE_MS = { bot: 10_000, worker: 45_000 };

/** How long parts may run themselves in, and a worker read clusters, before they take what waits. */
const WARM_MS = 5000;

/** How long queues and connections may take to close, and while Redis is away. */
const CLOSE_MS = 5000;
const AWAY_MS = 200;

type Role = 'start' | 'bot' | 'worker';

/** Runs bot, worker or both until told to stop; then lets what runs finish or hands it over. */
export async function serve(role: Role, runtime: Runtime): CommandResult {
  const opened = await openAll(role, runtime);
  const { app } = opened;
  const parts: readonly (readonly [Part, number])[] = [
    ...(role === 'bot' ? [] : [[app.worker, GRACE_MS.worker] as const]),
    ...(role === 'worker' ? [] : [[app.bot, GRACE_MS.bot] as const]),
  ];
  const ended = new AbortController();
  try {
    const ready = startParts(
      app,
      parts.map(([part]) => part),
      AbortSignal.any([runtime.stop, ended.signal]),
    );
    await answerUntilStopped(opened, { role, ready, runtime });
  } finally {
    ended.abort();
    // The bot first: what it still enqueues, the worker may still do.
    for (const [part, grace] of [...parts].reverse()) await part.stop(grace);
    await closeAll(opened);
  }
  return exitCodes.done;
}

/** All that bot and worker are made of, and what it must be closed by. */
async function openAll(role: Role, runtime: Runtime) {
  const started = await readConfiguration(runtime);
  const trail = createTrail();
  const logger = createLogger({ level: started.config.log.level, trail, destination: runtime.stdout });
  const metrics = createMetrics();
  const version = readVersion(runtime.root);
  const { endpoint } = started.config.tracing ?? {};
  const tracing = await startTracing({ endpoint, role, version, logger });
  const knowledge = await loadKnowledge(runtime.root);
  const redis = connectRedis({ url: started.config.redisUrl, logger });
  const open = async (files: FileConfig) => ({
    clusters: createClusters(files.clusters, {
      requestTimeoutMs: files.checks.requestTimeoutSeconds * 1000,
      readNow: true,
      onRequest: onClusterRequest(metrics, logger, tracing),
    }),
    clouds: await openClouds(files, {
      env: runtime.env,
      now: runtime.now,
      shared: sharedShare(files, { redis, prefix: defaultTuning.prefix }),
      onCall: (api, outcome) => metrics.cloudCalls.inc({ api, outcome }),
    }),
  });
  const followed = await followFiles(started, { open, logger, metrics, runtime });
  const { config, clusters, clouds, configState } = followed;
  const app = buildApp(config, {
    version,
    clusters,
    clouds,
    configState,
    redis,
    logger,
    metrics,
    trail,
    tracing,
    knowledge,
    checks,
    remediations,
    now: runtime.now,
    newId: opaqueId,
  });
  return { app, config, clusters, clouds, redis, logger, metrics, tracing };
}

type Opened = Awaited<ReturnType<typeof openAll>>;

/** Once all of them run, each warmed up. */
function startParts(app: AcknetApp, parts: readonly Part[], stop: AbortSignal): Promise<unknown> {
  const ready = Promise.all(parts.map((part) => part.start(stop, warmUp(app, part, stop))));
  ready.catch(() => undefined);
  return ready;
}

interface Serving {
  readonly role: Role;
  readonly ready: Promise<unknown>;
  readonly runtime: Runtime;
}

/** Serves its ports, whether or not its parts have come up. */
async function answerUntilStopped(opened: Opened, { role, ready, runtime }: Serving): Promise<void> {
  const { app, config, clusters, redis, logger, metrics } = opened;
  const { stop, now } = runtime;
  const refused = whileRuns(refuseSharded(redis, { prefix: defaultTuning.prefix, signal: stop }));
  const server = await openOpsServer(app, { config, metrics, logger, now });
  let inbound: FastifyInstance | undefined;
  try {
    inbound = role === 'worker' ? undefined : await openInboundServer(app, { config, logger });
    await Promise.race([ready, refused]);
    logger.info({ role, clusters: clusters.names }, 'ready');
    await Promise.race([untilAborted(stop), refused]);
  } catch (error) {
    if (!stop.aborted) throw error;
  } finally {
    logger.info({ role }, 'stopping');
    await inbound?.close();
    await server.close();
  }
}

async function closeAll({ app, clusters, clouds, tracing, redis }: Opened): Promise<void> {
  const ended = Promise.allSettled([app.close(), clusters.close(), clouds.close(), tracing.close()]);
  // What waits for a Redis that is away waits for ever.
  await Promise.race([
    ended,
    sleep(redis.status === 'ready' ? CLOSE_MS : AWAY_MS, undefined, { ref: false }),
  ]);
  redis.disconnect();
}

/** Never longer than it may take, whatever is away. */
async function warmUp(app: Pick<AcknetApp, 'warmUp'>, part: Part, stop: AbortSignal): Promise<void> {
  const over = AbortSignal.any([stop, AbortSignal.timeout(WARM_MS)]);
  if (over.aborted) return;
  await Promise.race([app.warmUp(part, over).catch(() => undefined), untilAborted(over)]);
}

/** Rejects as the work does, and never ends otherwise. */
function whileRuns(work: Promise<unknown>): Promise<never> {
  const refused = new Promise<never>((_resolve, reject) => work.catch(reject));
  refused.catch(() => undefined);
  return refused;
}

/** 128 random bits: an id that cannot be guessed, and says nothing. */
export const opaqueId = (): string => randomBytes(16).toString('base64url');
