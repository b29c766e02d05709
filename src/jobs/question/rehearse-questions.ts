import { setTimeout as sleep } from 'node:timers/promises';
import { Queue } from 'bullmq';
import pLimit from 'p-limit';
import type { Masked } from '../../masking/masked.js';
import type { RedisClient } from '../../ops/connect-redis.js';
import { createActiveJobs } from '../active-jobs.js';
import type { JobHandler } from '../job-context.js';
import { fewEvents, forgotten } from '../queues/job-options.js';
import { parsePayload } from '../queues/parse-payload.js';
import { type QuestionJob, questionJobSchema } from '../queues/payloads.js';
import { jobIds } from '../queues/queue-names.js';
import { duplicateForWorkers } from '../worker-connection.js';
import { startWorker, type WorkerOptions } from '../workers/start-worker.js';

interface Rehearsal extends WorkerOptions {
  readonly connection: RedisClient;
  /** Of a queue of its own, that no other worker takes from unless it rehearses too. */
  readonly prefix: string;
  readonly jobs: readonly QuestionJob[];
  readonly handler: JobHandler<QuestionJob>;
  readonly signal: AbortSignal;
}

/** Questions under way at a time. */
const AT_ONCE = 8;
const CLOSE_MS = 500;

/** Takes questions through a queue and a worker as those of people are, until all are done or the signal aborts. */
export async function rehearseQuestions({ jobs, handler, signal, ...options }: Rehearsal): Promise<void> {
  const { prefix } = options;
  const connection = duplicateForWorkers(options.connection);
  connection.on('error', () => undefined);
  const queue = new Queue('questions', { connection: options.connection, prefix, ...fewEvents });
  queue.on('error', () => undefined);
  const ends = new Map<string, () => void>();
  const worker = startWorker(options, {
    queue: 'questions',
    connection,
    active: createActiveJobs(),
    work: {
      parse: ({ data }) => parsePayload(questionJobSchema, data, 'question'),
      handler: async (job, context) => {
        await handler(job, context).finally(() => ends.get(job.ts)?.());
      },
    },
  });
  const limit = pLimit(AT_ONCE);
  const one = (job: QuestionJob): Promise<void> =>
    limit(async () => {
      if (signal.aborted) return;
      const ended = new Promise<void>((resolve) => ends.set(job.ts, resolve));
      const data = job as QuestionJob & { readonly text: Masked };
      await queue.add('question', data, { ...forgotten, jobId: jobIds.question(job) });
      await ended;
    });
  const aborted = new Promise<void>((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  try {
    await Promise.race([Promise.all(jobs.map(one)), aborted]);
  } finally {
    // What hangs, as all does while Redis is away, keeps nobody.
    const closed = Promise.all([worker.close(), queue.close()]).catch(() => undefined);
    await Promise.race([closed, sleep(CLOSE_MS, undefined, { ref: false })]);
    connection.disconnect();
  }
}
