import { Queue } from 'bullmq';
import type { RedisClient } from '../../ops/connect-redis.js';
import type { Logger } from '../../ops/log.js';
import { fewEvents } from '../queues/job-options.js';
import { cardTasks } from '../queues/queue-names.js';

interface SweepOptions {
  readonly connection: RedisClient;
  readonly prefix: string;
  readonly everyMs: number;
  readonly logger: Logger;
}

const NAME = 'sweep';
const template = { name: cardTasks.sweep, opts: { removeOnComplete: true, removeOnFail: true } };

/**
 * One sweep at a time over all workers, on a schedule that Redis keeps; one now, for what the downtime left. A Redis
 * that came back empty has lost the schedule: every running worker looks after it.
 */
export async function keepSweepScheduled(options: SweepOptions): Promise<{ stop(): Promise<void> }> {
  const { connection, prefix, everyMs, logger } = options;
  const cards = new Queue('cards', { connection, prefix, ...fewEvents });
  cards.on('error', () => undefined);
  const schedule = () => cards.upsertJobScheduler(NAME, { every: everyMs }, template);
  const sweepNow = () => cards.add(cardTasks.sweep, {}, { ...template.opts, deduplication: { id: NAME } });

  const look = async (): Promise<void> => {
    if ((await cards.getJobScheduler(NAME)) !== undefined) return;
    await schedule();
    await sweepNow();
    logger.warn({}, 'Redis had lost the schedule of the sweeps; it is made again');
  };
  await schedule();
  await sweepNow();
  // While Redis is away there is nothing to look after; its own line says so.
  const timer = setInterval(() => void look().catch(() => undefined), everyMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await cards.close();
    },
  };
}
