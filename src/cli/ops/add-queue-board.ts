import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { FastifyInstance } from 'fastify';
import type { Queues } from '../../jobs/queues/queues.js';
import { type Guard, requirePassword } from './require-password.js';

/** `/queues`: jobs to look at, not to touch, for who knows the password. */
export async function addQueueBoard(
  server: FastifyInstance,
  { queues }: Pick<Queues, 'queues'>,
  guard: Guard,
): Promise<void> {
  const adapter = new FastifyAdapter();
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true })),
    serverAdapter: adapter,
  });
  adapter.setBasePath('/queues');
  // A scope of its own: health and metrics ask for nothing.
  await server.register(async (board) => {
    board.addHook('onRequest', requirePassword(guard));
    await board.register(adapter.registerPlugin(), { prefix: '/queues' });
  });
}
