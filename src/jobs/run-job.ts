import { DelayedError, type Job, UnrecoverableError, WaitingError } from 'bullmq';
import { AcknetError } from '../errors.js';
import { mask } from '../masking/mask.js';
import type { Masked } from '../masking/masked.js';
import type { ActiveJobs } from './active-jobs.js';
import { HandedOver, type JobContext, type JobHandler, Postponed, willRetry } from './job-context.js';

interface JobRun<T> {
  readonly job: Job;
  readonly token: string | undefined;
  readonly parse: (job: Job) => T;
  readonly handler: JobHandler<T>;
  readonly limits: { readonly attempts: number; readonly maxStalls: number };
  readonly active: ActiveJobs;
  /** Names the job among all that this process works on. */
  readonly key: string;
}

/** Runs one job, and tells BullMQ by the kind of error what becomes of it. */
export async function runJob<T>(run: JobRun<T>): Promise<void> {
  const context = contextOf(run, run.active.begin(run.key));
  try {
    await run.handler(run.parse(run.job), context);
  } catch (error) {
    throw await outcomeOf(error, run, context);
  } finally {
    run.active.end(run.key);
  }
}

function contextOf<T>({ job, limits }: JobRun<T>, signal: AbortSignal): JobContext {
  const givenUp =
    job.stalledCounter > limits.maxStalls
      ? new AcknetError('job.abandoned', `${job.stalledCounter} workers died while they worked on this.`, {
          hint: 'Look at the logs of the workers before you ask for it again.',
        })
      : undefined;
  return {
    signal,
    lastAttempt: job.attemptsMade + 1 >= limits.attempts,
    givenUp,
    saved: job.progress,
    save: (state) => job.updateProgress(state),
  };
}

async function outcomeOf<T>(
  error: unknown,
  { job, token }: JobRun<T>,
  context: JobContext,
): Promise<unknown> {
  if (context.signal.reason instanceof HandedOver) {
    // Where the lock was lost, another worker has the job already and this is refused.
    await job.moveToWait(token).catch(() => undefined);
    return new WaitingError();
  }
  if (error instanceof Postponed) {
    await job.moveToDelayed(Date.now() + error.delayMs, token);
    return new DelayedError();
  }
  // BullMQ keeps message and stack of what failed in Redis: masked ones.
  const kept = keptError(mask(error instanceof Error ? error.message : String(error)), {
    again: willRetry(error, context),
  });
  return Object.assign(kept, { cause: error });
}

const keptError = (said: Masked, { again }: { readonly again: boolean }): Error =>
  again ? new Error(said) : new UnrecoverableError(said);
