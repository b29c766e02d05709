import { Queue } from 'bullmq';
import type { RedisClient } from '../../ops/connect-redis.js';
import { mask } from '../../masking/mask.js';
import { fewEvents, forgotten } from '../queues/job-options.js';
import type { QuestionJob } from '../queues/payloads.js';
import { jobIds } from '../queues/queue-names.js';

export interface RehearsalPlace {
  readonly connection: RedisClient;
  /** Of all rehearsals; each has a queue below it. */
  readonly prefix: string;
  readonly now: () => Date;
}

/** No worker rehearses for so long: who began before was killed. */
const ABANDONED_MS = 60_000;

const begunKey = (prefix: string): string => `${prefix}:begun`;
export const queuePrefix = (prefix: string, id: string): string => `${prefix}:${id}`;

export const openRehearsalQueue = ({ connection, prefix }: RehearsalPlace, id: string): Queue => {
  const queue = new Queue('questions', { connection, prefix: queuePrefix(prefix, id), ...fewEvents });
  queue.on('error', () => undefined);
  return queue;
};

export async function addRehearsed(queue: Queue, job: QuestionJob): Promise<void> {
  const data = { ...job, text: mask(job.text) };
  await queue.add('question', data, { ...forgotten, jobId: jobIds.question(job) });
}

/** Whoever comes later knows of it then. */
export async function noteRehearsal({ connection, prefix, now }: RehearsalPlace, id: string): Promise<void> {
  await connection.zadd(begunKey(prefix), now().getTime(), id);
}

/** Takes away the queue of a rehearsal, and those that killed workers left: none of these names comes again. */
export async function clearRehearsals(place: RehearsalPlace, id: string): Promise<void> {
  const { connection, prefix, now } = place;
  const begun = begunKey(prefix);
  const abandoned = await connection.zrangebyscore(begun, '-inf', now().getTime() - ABANDONED_MS);
  for (const one of new Set([id, ...abandoned])) {
    const queue = openRehearsalQueue(place, one);
    await queue.obliterate({ force: true });
    await queue.close();
    await connection.zrem(begun, one);
  }
}
