import pRetry from 'p-retry';
import { AcknetError, isAcknetError } from '../../errors.js';
import { type CloudAction, partsOf } from '../actions.js';
import type { CallBudget, CallOutcome, CloudQuery } from '../ports.js';
import type { CloudConnection } from './cloud-connection.js';
import { cloudError } from './cloud-error.js';

export interface Patience {
  readonly connection: CloudConnection;
  readonly budget: CallBudget;
  /** Whose limits count. */
  readonly account: () => Promise<string>;
  readonly signal: AbortSignal;
  /** How long a call may still wait for its share. */
  readonly patienceMs: () => number;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Told how each try ended: `ok`, or the code of its error. */
  readonly onCall: (action: CloudAction, outcome: CallOutcome) => void;
}

const RETRIES = 2;
/** More than this is not waited for, whatever the cloud asks. */
const LONGEST_WAIT_MS = 10_000;

/** One page, decoded: within the budget, and tried again after what may pass. */
export function callPatiently(patience: Patience, action: CloudAction, query: CloudQuery): Promise<unknown> {
  const { signal, budget, account } = patience;
  let retryAfterMs: number | undefined;
  const told = (ms: number | undefined): void => {
    retryAfterMs = ms;
  };
  const attempt = async (): Promise<unknown> => {
    const end = await budget.take({
      account: await account(),
      action,
      signal,
      patienceMs: patience.patienceMs(),
    });
    try {
      return await countedTry(patience, { action, query, told });
    } finally {
      end();
    }
  };
  return pRetry(attempt, {
    retries: RETRIES,
    minTimeout: 200,
    maxTimeout: 2000,
    randomize: true,
    signal,
    shouldRetry: ({ error }) => isAcknetError(error) && error.retry,
    onFailedAttempt: async ({ error, retriesLeft }) => {
      if (!isAcknetError(error, 'cloud.throttled')) return;
      if (retriesLeft === 0) await budget.trip({ account: await account(), action });
      else if (retryAfterMs !== undefined)
        await patience.wait(Math.min(retryAfterMs, LONGEST_WAIT_MS), signal);
    },
  });
}

interface Try {
  readonly action: CloudAction;
  readonly query: CloudQuery;
  readonly told: (retryAfterMs: number | undefined) => void;
}

async function countedTry(patience: Patience, { action, query, told }: Try): Promise<unknown> {
  try {
    const answer = await oneTry(patience, { action, query, told });
    patience.onCall(action, 'ok');
    return answer;
  } catch (error) {
    patience.onCall(action, isAcknetError(error) ? outcomeOf(error) : 'aborted');
    throw error;
  }
}

const outcomeOf = ({ code }: AcknetError): CallOutcome =>
  code.startsWith('cloud.') ? (code as CallOutcome) : 'cloud.failed';

async function oneTry({ connection, signal }: Patience, { action, query, told }: Try): Promise<unknown> {
  const { cluster, now } = connection;
  const { status, body, date, retryAfterMs } = await connection.send({ action, query, signal });
  told(retryAfterMs);
  if (status !== 200) throw cloudError({ cluster, action, status, body, serverDate: date, now: now() });
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw new AcknetError(
      'cloud.malformed',
      `Cluster ${cluster}: the answer to ${partsOf(action).api} is no JSON.`,
      {
        hint: 'Something else than the cloud answers at that endpoint: a proxy, or a wrong clusters.<name>.cloud.endpoints.',
      },
    );
  }
}
