import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { FastifyInstance } from 'fastify';
import type { AcknetApp } from '../../app.js';

/** `/queues`: jobs to look at, not to touch. */
export async function addQueueBoard(server: FastifyInstance, { queues }: AcknetApp): Promise<void> {
  const adapter = new FastifyAdapter();
  createBullBoard({
    queues: queues.queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true })),
    serverAdapter: adapter,
  });
  adapter.setBasePath('/queues');
  await server.register(adapter.registerPlugin(), { prefix: '/queues' });
}
