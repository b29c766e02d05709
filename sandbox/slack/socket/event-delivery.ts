import { setTimeout as wait } from 'node:timers/promises';
import type { SlackFaults } from '../slack-simulator.js';
import type { Wire } from '../state/world.js';
import type { AppLine } from './app-line.js';

/** Slack retries an event that was not acknowledged at once, after one minute and after five. */
const retryDelaysMs = [0, 60_000, 300_000];
/** How long an event waits for the app to connect again before its turn counts as failed. */
const reconnectMs = 60_000;

interface EventDelivery {
  /** Starts delivering one event; never throws. */
  deliver(payload: Wire, how: { duplicate: boolean; loseAck: boolean }): void;
  close(): void;
}

export function createEventDelivery(hub: AppLine, faults: Pick<SlackFaults, 'ackDeadlineMs'>): EventDelivery {
  const closing = new AbortController();

  const attempt = async (payload: Wire, retry: number, loseAck: boolean): Promise<boolean> => {
    // An event waits for a connection; only then does its three-second clock start.
    if (!(await hub.ready(reconnectMs)) || closing.signal.aborted) return false;
    const envelope = { type: 'events_api', accepts_response_payload: false, payload } as const;
    const ack = await hub.send(envelope, { deadlineMs: faults.ackDeadlineMs, retry });
    return ack.acked && !(loseAck && retry === 0);
  };

  const run = async (payload: Wire, loseAck: boolean) => {
    if (await attempt(payload, 0, loseAck)) return;
    for (const [index, delay] of retryDelaysMs.entries()) {
      await wait(delay, undefined, { signal: closing.signal });
      if (await attempt(payload, index + 1, loseAck)) return;
    }
  };

  return {
    deliver: (payload, { duplicate, loseAck }) => {
      const start = () => void run(payload, loseAck).catch(() => undefined);
      start();
      if (duplicate) start();
    },
    close: () => closing.abort(),
  };
}
