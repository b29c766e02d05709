import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics } from 'prom-client';
import type { AcknetApp } from '../../app.js';
import type { Config } from '../../config/config.js';
import { createInboundServer } from '../../intake/create-inbound-server.js';
import { createOpsServer } from '../../ops/http-server.js';
import type { Logger } from '../../ops/log.js';
import type { Metrics } from '../../ops/metrics.js';

const PROBE_MS = 2000;

interface OpsParts {
  readonly config: Config;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly now: () => Date;
}

/** Health, readiness, metrics, and the queue board where it is switched on. Listens when this resolves. */
export async function openOpsServer(
  app: AcknetApp,
  { config, metrics, logger, now }: OpsParts,
): Promise<FastifyInstance> {
  app.addGauges(metrics.registry);
  collectDefaultMetrics({ register: metrics.registry });
  const server = createOpsServer({
    probes: app.probes(),
    registry: metrics.registry,
    probeTimeoutMs: PROBE_MS,
  });
  const { boardPassword: password } = config;
  // Without a password there is no board, however the configuration came about.
  if (config.http.queueBoard && password !== undefined)
    await (await import('./add-queue-board.js')).addQueueBoard(server, app.queues, { password, now, logger });
  await listen(server, config.http, logger);
  return server;
}

/** The port for what others send; undefined = nothing of it is on. A port that is taken is an error: nobody would find another. */
export async function openInboundServer(
  { inbound }: Pick<AcknetApp, 'inbound'>,
  { config, logger }: { config: Pick<Config, 'inbound'>; logger: Logger },
): Promise<FastifyInstance | undefined> {
  if (inbound.alerts === undefined && inbound.slack === undefined) return undefined;
  const server = createInboundServer(inbound);
  const url = await server.listen({ ...config.inbound });
  logger.info(
    { url, alerts: inbound.alerts !== undefined, slack: inbound.slack !== undefined },
    'the inbound port is open',
  );
  return server;
}

/** Bot and worker on one machine share a configuration, so a port that is taken must not end the second of them. */
async function listen(
  server: FastifyInstance,
  { host, port }: Config['http'],
  logger: Logger,
): Promise<void> {
  try {
    await server.listen({ host, port });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    const url = await server.listen({ host, port: 0 });
    logger.warn({ taken: port, url }, 'http.port is taken: health and metrics are served elsewhere');
  }
}
