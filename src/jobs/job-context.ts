import { type AcknetError, isAcknetError } from '../errors.js';

/** Reason of the signal when this process gives the job to another: leave everything so that it can go on. */
export class HandedOver extends Error {
  constructor() {
    super('Another worker goes on with this job.');
    this.name = 'HandedOver';
  }
}

/** Reason of the signal when someone cancelled the work. */
export class Cancelled extends Error {
  constructor() {
    super('Cancelled.');
    this.name = 'Cancelled';
  }
}

/** Thrown by a handler that must wait for something other than time: it is no failed attempt. */
export class Postponed extends Error {
  constructor(readonly delayMs: number) {
    super(`Put off for ${delayMs} ms.`);
    this.name = 'Postponed';
  }
}

export interface JobContext {
  readonly signal: AbortSignal;
  /** An error now is final. */
  readonly lastAttempt: boolean;
  /** Set when too many workers died with this job: say so instead of doing it. */
  readonly givenUp?: AcknetError | undefined;
  /** What an earlier attempt saved. */
  readonly saved: unknown;
  save(state: object): Promise<void>;
}

export type JobHandler<T> = (job: T, context: JobContext) => Promise<void>;

/** Will the queue run the job again after this error? */
export function willRetry(error: unknown, { lastAttempt, signal, givenUp }: JobContext): boolean {
  if (error instanceof Postponed || signal.reason instanceof HandedOver) return true;
  return givenUp === undefined && !lastAttempt && isAcknetError(error) && error.retry;
}
