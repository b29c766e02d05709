import { setTimeout as sleep } from 'node:timers/promises';
import { ErrorCode } from '@slack/web-api';

/** Slack asks for a minute at most; one who is still turned away after so many is told. */
const MOST_WAITS = 5;

/** A call that met a rate limit was not carried out, so it is simply made again once Slack says it may be. */
export async function waitOutLimits<T>(call: () => Promise<T>): Promise<T> {
  for (let waits = 0; ; waits += 1) {
    try {
      return await call();
    } catch (error) {
      const seconds = retryAfterOf(error);
      if (seconds === undefined || waits === MOST_WAITS) throw error;
      await sleep(seconds * 1000);
    }
  }
}

function retryAfterOf(error: unknown): number | undefined {
  const { code, retryAfter } = (error ?? {}) as { code?: unknown; retryAfter?: unknown };
  return code === ErrorCode.RateLimitedError && typeof retryAfter === 'number' ? retryAfter : undefined;
}
