import type { z } from 'zod';
import type { ErrorCode } from '../errors.js';
import type { CloudAction } from './actions.js';

/** Parameters of a call by their wire names; lists are flattened one-based (`InstanceTypes.1`). */
export type CloudQuery = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/**
 * A call and the narrow view acknet keeps of each thing it lists. The schema demands only what verdicts rest on: an entry
 * without it is `cloud.malformed`, so that nothing is judged by what was not there.
 */
export interface CloudRead<V> {
  readonly action: CloudAction;
  readonly schema: z.ZodType<V>;
}

/** What the cloud said, and when it was asked: counts are values of that moment. */
export interface Reading<V> {
  readonly items: readonly V[];
  readonly at: Date;
}

/**
 * Reads the account one cluster lives in. Has no way to write: its calls are those of `cloudActions`. Throws AcknetError
 * with a `cloud.*` code: `forbidden` names the RAM action, `not-found` means the id that was asked for.
 */
export interface CloudReader {
  readonly cluster: string;
  readonly clusterId: string;
  readonly region: string;
  /** All pages. */
  read<V>(read: CloudRead<V>, query?: CloudQuery): Promise<Reading<V>>;
}

interface ReaderOptions {
  /** Aborts every call. */
  readonly signal: AbortSignal;
  /** How long from now on calls may wait for their share of the account's budget, all together; default 60 s. */
  readonly patienceMs?: number | undefined;
}

/** The account that one cluster lives in, as configured. */
export interface CloudAccess {
  readonly cluster: string;
  reader(options: ReaderOptions): CloudReader;
}

export interface Clouds {
  /** undefined = `clusters.<name>.cloud` is not configured. */
  get(cluster: string): CloudAccess | undefined;
  close(): Promise<void>;
}

export const noClouds: Clouds = { get: () => undefined, close: async () => undefined };

/** Shares an account's rate limits with everybody who needs them, Terway first of all. */
export interface CallBudget {
  /**
   * Resolves once the call may go out, to what must be called when it has ended. Throws `cloud.budget` where its turn would
   * come later than `patienceMs`, and while the breaker of that API is open: neither was asked, so neither trips it again.
   */
  take(call: BudgetedCall): Promise<() => void>;
  /** The cloud said that this API is used up: nobody asks it again for a while. */
  trip(call: Pick<BudgetedCall, 'account' | 'action'>): Promise<void>;
}

export interface BudgetedCall {
  readonly account: string;
  readonly action: CloudAction;
  readonly signal: AbortSignal;
  readonly patienceMs: number;
}

/** Keeps answers that do not change from minute to minute. */
export interface AnswerCache {
  get(key: string): Promise<CachedAnswer | undefined>;
  set(key: string, answer: CachedAnswer, seconds: number): Promise<void>;
}

export interface CachedAnswer {
  readonly items: readonly unknown[];
  /** ISO time of the asking. */
  readonly at: string;
}

/** How one try ended: `ok`, `aborted`, or the code of its error. */
export type CallOutcome = 'ok' | 'aborted' | Extract<ErrorCode, `cloud.${string}`>;
