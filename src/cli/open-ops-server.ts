import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { FastifyInstance } from 'fastify';
import type { AcknetApp } from '../app.js';
import type { Config } from '../config.js';
import { createOpsServer } from '../ops/http-server.js';
import type { Metrics } from '../ops/metrics.js';

const PROBE_MS = 2000;

/** Health, readiness, metrics, and the queue board where it is switched on. Listens when this resolves. */
export async function openOpsServer(
  app: AcknetApp,
  { config, metrics }: { config: Config; metrics: Metrics },
): Promise<FastifyInstance> {
  const server = createOpsServer({
    probes: app.probes(),
    registry: metrics.registry,
    probeTimeoutMs: PROBE_MS,
  });
  if (config.http.queueBoard) await addQueueBoard(server, app);
  await server.listen({ host: config.http.host, port: config.http.port });
  return server;
}

async function addQueueBoard(server: FastifyInstance, { queues }: AcknetApp): Promise<void> {
  const adapter = new FastifyAdapter();
  createBullBoard({
    queues: queues.queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true })),
    serverAdapter: adapter,
  });
  adapter.setBasePath('/queues');
  await server.register(adapter.registerPlugin(), { prefix: '/queues' });
}
