import { z } from 'zod';
import { AcknetError, isAcknetError } from '../../errors.js';
import type { CallBudget } from '../ports.js';
import type { CloudConnection } from './cloud-connection.js';
import { callPatiently, type Patience } from './patient-call.js';

interface AccountCalls extends Pick<Patience, 'wait' | 'onCall'> {
  readonly connection: CloudConnection;
  /** As long as one call may take; retries are within it. */
  readonly timeoutMs: number;
}

/** Who could not be told shares one budget with all such: rather too little than too much. */
const UNKNOWN_ACCOUNT = 'unknown';
/** How long an account that STS did not tell is taken for unknown, before STS is asked again. */
const UNKNOWN_MS = 60_000;

interface Asked {
  readonly account: Promise<string>;
  /** Milliseconds of the clock; absent = it is what it is. */
  until?: number;
}

/** Asked once, for all callers. A credential that is refused is said with every read; a way to STS that is not there hinders none. */
export function rememberAccount(calls: AccountCalls): (signal: AbortSignal) => Promise<string> {
  const now = (): number => calls.connection.now().getTime();
  let asked: Asked | undefined;
  const ask = (): Asked => {
    const own = AbortSignal.timeout(calls.timeoutMs);
    const account = askAccount(calls, own).catch((error: unknown) => {
      const silent = own.aborted || (error instanceof AcknetError && !isFaultOfAll(error));
      begun.until = silent ? now() + UNKNOWN_MS : 0;
      if (!silent) throw error;
      return UNKNOWN_ACCOUNT;
    });
    const begun: Asked = { account };
    return begun;
  };
  return (signal) => {
    if (asked === undefined || (asked.until ?? Number.POSITIVE_INFINITY) <= now()) asked = ask();
    return unlessAborted(asked.account, signal);
  };
}

/** Each waits by its own signal: one that stops takes the answer from nobody. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  work.catch(() => undefined);
  signal.throwIfAborted();
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  return Promise.race([work, aborted]).finally(() => signal.removeEventListener('abort', stop));
}

const isFaultOfAll = (error: AcknetError): boolean =>
  isAcknetError(error, 'cloud.unauthorized') || isAcknetError(error, 'cloud.clock');

const identity = z.looseObject({ AccountId: z.string().min(1).max(64) });

async function askAccount(calls: AccountCalls, signal: AbortSignal): Promise<string> {
  const own = { budget: boundless, account: async () => UNKNOWN_ACCOUNT, patienceMs: () => calls.timeoutMs };
  const answer = await callPatiently({ ...calls, ...own, signal }, 'sts:GetCallerIdentity', {});
  const parsed = identity.safeParse(answer);
  return parsed.success ? parsed.data.AccountId : UNKNOWN_ACCOUNT;
}

/** Of STS itself: one call a process, and none that Terway needs. */
const boundless: CallBudget = { take: async () => () => undefined, trip: async () => undefined };
