import pRetry from 'p-retry';
import { AcknetError, isAcknetError } from '../../../errors.js';
import type { Logger } from '../../../ops/log.js';
import { wireTexts } from '../../../texts/wire.js';
import { slackFault } from '../slack-error.js';

/** What is used of socket-mode's client, which must not reconnect by itself: it ends the process where that fails. */
export interface Socket {
  start(): Promise<unknown>;
  on(event: 'disconnected', listener: () => void): unknown;
}

interface Line {
  connected(): boolean;
  /** From here on nobody connects again. */
  end(): void;
}

interface LineOptions {
  readonly signIn: () => Promise<unknown>;
  readonly socket: Socket;
  readonly logger: Logger;
  /** Ends the wait for the first connection. */
  readonly signal: AbortSignal;
  /** First pause after a failed attempt; doubles up to the longest. */
  readonly pauseMs?: number;
}

const PAUSE_MS = 500;
const LONGEST_MS = 15_000;

/**
 * Signs in and connects, again and again while Slack is away, then stays connected. Says so once, and once when it is
 * back. Rejects where Slack refuses the tokens, since no later attempt would do better.
 */
export async function keepConnected(options: LineOptions): Promise<Line> {
  const { signIn, socket, logger, signal, pauseMs = PAUSE_MS } = options;
  const ended = new AbortController();
  const state = { up: false, connecting: false, told: false };

  const attempt = async (): Promise<void> => {
    await signIn();
    await socket.start();
  };
  const tell = (fault: AcknetError): void => {
    if (!state.told) logger.warn({ reason: fault.message }, 'Slack is not reachable: acknet goes on trying');
    state.told = true;
  };
  const connect = async (until: AbortSignal, mayGiveUp: boolean): Promise<void> => {
    state.connecting = true;
    await pRetry(() => attempt().catch(fail), {
      retries: Number.POSITIVE_INFINITY,
      factor: 2,
      minTimeout: pauseMs,
      maxTimeout: LONGEST_MS,
      randomize: true,
      signal: until,
      shouldRetry: ({ error }) => !mayGiveUp || (isAcknetError(error) && error.retry),
      onFailedAttempt: ({ error }) => {
        if (isAcknetError(error) && (!mayGiveUp || error.retry)) tell(error);
      },
    }).finally(() => {
      state.connecting = false;
    });
    logger.info({}, state.told ? 'connected to Slack again' : 'connected to Slack');
    Object.assign(state, { up: true, told: false });
  };

  socket.on('disconnected', () => {
    state.up = false;
    if (state.connecting || ended.signal.aborted) return;
    // Only its end ends it.
    void connect(ended.signal, false).catch(() => undefined);
  });
  await orAborted(connect(AbortSignal.any([signal, ended.signal]), true), signal);
  return { connected: () => state.up, end: () => ended.abort() };
}

const fail = (cause: unknown): never => {
  const { code, message } = slackFault(cause, wireTexts.attempts.signIn);
  const hint = wireTexts.checkTokens;
  throw new AcknetError(code, message, { cause, hint });
};

/** At once, whatever an attempt under way still waits for. */
async function orAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  work.catch(() => undefined);
  signal.throwIfAborted();
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  await Promise.race([work, aborted]).finally(() => signal.removeEventListener('abort', onAbort));
}
