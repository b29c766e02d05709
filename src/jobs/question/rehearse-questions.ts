import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import { untilAborted } from '../../ops/until-aborted.js';
import { createActiveJobs } from '../active-jobs.js';
import type { JobHandler } from '../job-context.js';
import { parsePayload } from '../queues/parse-payload.js';
import { type QuestionJob, questionJobSchema } from '../queues/payloads.js';
import { duplicateForWorkers } from '../worker-connection.js';
import { startWorker, type WorkerOptions } from '../workers/start-worker.js';
import {
  addRehearsed,
  clearRehearsals,
  noteRehearsal,
  openRehearsalQueue,
  queuePrefix,
  type RehearsalPlace,
} from './rehearsal-queues.js';

interface Rehearsal extends WorkerOptions, RehearsalPlace {
  /** Names its queue: with one for all, workers that start together would take each other's questions. */
  readonly newId: () => string;
  readonly jobs: readonly QuestionJob[];
  readonly handler: JobHandler<QuestionJob>;
  readonly signal: AbortSignal;
}

/** Questions under way at a time. */
const AT_ONCE = 8;
const CLOSE_MS = 500;

/** Takes questions through a queue and a worker as those of people are, until all are done or the signal aborts. */
export async function rehearseQuestions({ jobs, handler, signal, ...options }: Rehearsal): Promise<void> {
  const id = options.newId();
  const prefix = queuePrefix(options.prefix, id);
  const connection = duplicateForWorkers(options.connection);
  connection.on('error', () => undefined);
  const queue = openRehearsalQueue(options, id);
  const ends = new Map<string, () => void>();
  const worker = startWorker(
    { ...options, prefix },
    {
      queue: 'questions',
      connection,
      active: createActiveJobs(),
      work: {
        parse: ({ data }) => parsePayload(questionJobSchema, data, 'question'),
        handler: async (job, context) => {
          await handler(job, context).finally(() => ends.get(job.ts)?.());
        },
      },
    },
  );
  const limit = pLimit(AT_ONCE);
  const one = (job: QuestionJob): Promise<void> =>
    limit(async () => {
      if (signal.aborted) return;
      const ended = new Promise<void>((resolve) => ends.set(job.ts, resolve));
      await addRehearsed(queue, job);
      await ended;
    });
  try {
    const all = Promise.all([noteRehearsal(options, id), ...jobs.map(one)]);
    await Promise.race([all, untilAborted(signal)]);
  } finally {
    // One that is told to stop waits for no question: its lock would be renewed for as long as that one hangs.
    await briefly(worker.close(signal.aborted));
    connection.disconnect();
    await briefly(queue.close());
    await briefly(clearRehearsals(options, id));
  }
}

/** What hangs, as all does while Redis is away, keeps nobody. */
async function briefly(work: Promise<void>): Promise<void> {
  await Promise.race([work.catch(() => undefined), sleep(CLOSE_MS, undefined, { ref: false })]);
}
