import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
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

/** How long a worker may read clusters and run itself in before it takes what waits. */
const WARM_MS = 2000;

/** How long queues and connections may take to close, and while Redis is away. */
const CLOSE_MS = 5000;
const AWAY_MS = 200;

/** Runs bot, worker or both until told to stop; then lets what runs finish or hands it over. */
export async function serve(role: 'start' | 'bot' | 'worker', runtime: Runtime): CommandResult {
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
  const parts: readonly (readonly [Part, number])[] = [
    ...(role === 'bot' ? [] : [[app.worker, GRACE_MS.worker] as const]),
    ...(role === 'worker' ? [] : [[app.bot, GRACE_MS.bot] as const]),
  ];
  try {
    const warm = role === 'bot' ? Promise.resolve() : warmUp(app, runtime.stop);
    const ready = Promise.all(
      parts.map(async ([part]) => {
        if (part === app.worker) await warm;
        await part.start(runtime.stop);
      }),
    );
    ready.catch(() => undefined);
    const refused = whileRuns(refuseSharded(redis, { prefix: defaultTuning.prefix, signal: runtime.stop }));
    const server = await openOpsServer(app, { config, metrics, logger, now: runtime.now });
    let inbound: FastifyInstance | undefined;
    try {
      inbound = role === 'worker' ? undefined : await openInboundServer(app, { config, logger });
      await Promise.race([ready, refused]);
      logger.info({ role, clusters: clusters.names }, 'ready');
      if (!runtime.stop.aborted) await Promise.race([once(runtime.stop, 'abort'), refused]);
    } catch (error) {
      if (!runtime.stop.aborted) throw error;
    } finally {
      logger.info({ role }, 'stopping');
      await inbound?.close();
      await server.close();
    }
  } finally {
    // The bot first: what it still enqueues, the worker may still do.
    for (const [part, grace] of [...parts].reverse()) await part.stop(grace);
    const ended = Promise.allSettled([app.close(), clusters.close(), clouds.close(), tracing.close()]);
    // What waits for a Redis that is away waits for ever.
    await Promise.race([
      ended,
      sleep(redis.status === 'ready' ? CLOSE_MS : AWAY_MS, undefined, { ref: false }),
    ]);
    redis.disconnect();
  }
  return exitCodes.done;
}

/** Never longer than it may take, whatever is away. */
async function warmUp(app: Pick<AcknetApp, 'warmUp'>, stop: AbortSignal): Promise<void> {
  const over = AbortSignal.any([stop, AbortSignal.timeout(WARM_MS)]);
  const late = once(over, 'abort');
  await Promise.race([app.warmUp(over).catch(() => undefined), late]);
}

/** Rejects as the work does, and never ends otherwise. */
function whileRuns(work: Promise<unknown>): Promise<never> {
  const refused = new Promise<never>((_resolve, reject) => work.catch(reject));
  refused.catch(() => undefined);
  return refused;
}

/** 128 random bits: an id that cannot be guessed, and says nothing. */
export const opaqueId = (): string => randomBytes(16).toString('base64url');
