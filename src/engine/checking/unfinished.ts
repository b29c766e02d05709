import type { Verdict } from '../../checks/judging/define-check.js';
import { isAcknetError, type ShownCode } from '../../errors.js';

/** How long a run has, and who may end it before. */
export interface RunLimits {
  readonly signal?: AbortSignal | undefined;
  readonly deadlineMs: number;
}

/** The run ended before. */
export class Stopped extends Error {}

/** A check that ignores the signal is not waited for. */
export function untilStopped<T>(work: Promise<T>, stop: AbortSignal): Promise<T> {
  work.catch(() => undefined);
  return new Promise<T>((resolve, reject) => {
    const onStop = () => reject(new Stopped());
    if (stop.aborted) return onStop();
    stop.addEventListener('abort', onStop, { once: true });
    work.then(resolve, reject).finally(() => stop.removeEventListener('abort', onStop));
  });
}

/** What did not come to an end is unknown, with why. */
export function unknownVerdict(error: unknown, limits: RunLimits): Verdict {
  return { outcome: 'unknown', findings: [], facts: [], unknown: faultOf(error, limits) };
}

/** Why something could not be decided. */
export function faultOf(
  error: unknown,
  { signal, deadlineMs }: RunLimits,
): { code: ShownCode; detail: string } {
  if (error instanceof Stopped || (error instanceof Error && error.name === 'AbortError')) {
    return signal?.aborted
      ? { code: 'check.cancelled', detail: 'The run was cancelled before this check finished.' }
      : { code: 'check.deadline', detail: `Not finished within ${deadlineMs / 1000} s.` };
  }
  if (isAcknetError(error)) return { code: error.code, detail: error.message };
  return {
    code: 'check.broken',
    detail: `A fault in acknet: ${error instanceof Error ? error.message : String(error)}`,
  };
}
