import type { WebClient } from '@slack/web-api';
import type { Redis } from 'ioredis';
import { createEditor } from '../../../src/slack/wire/create-editor.js';
import { createEditPace } from '../../../src/slack/wire/posts/edit-pace.js';
import { createSendFolded } from '../../../src/slack/wire/posts/send-folded.js';
import { quietLogger } from '../../support/quiet-logger.js';

export interface Edit {
  readonly ts: string;
  readonly text: string;
  readonly atMs: number;
}

interface Clock {
  readonly now: () => Date;
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Goes on in steps of 100 ms; all that falls due on the way is done before the next step. */
  advance(ms: number): Promise<void>;
}

const STEP_MS = 100;
/** More round trips than one edit takes: its turn, its lease, its mark, and the lease again. */
const ROUND_TRIPS = 10;

/** A clock that moves when it is told to. All that runs under it goes over this one connection, so in the order of its calls. */
export function manualClock(redis: Redis): Clock {
  let nowMs = 1_795_400_000_000;
  const waiting = new Set<{ readonly at: number; readonly resolve: () => void }>();
  const settle = async () => {
    for (let trip = 0; trip < ROUND_TRIPS; trip += 1) {
      await redis.ping();
      await new Promise(setImmediate);
    }
  };
  return {
    now: () => new Date(nowMs),
    pause: (ms, signal) =>
      new Promise((resolve) => {
        const done = () => {
          signal.removeEventListener('abort', done);
          resolve();
        };
        waiting.add({ at: nowMs + ms, resolve: done });
        signal.addEventListener('abort', done);
      }),
    async advance(ms) {
      await settle();
      for (const end = nowMs + ms; nowMs < end; ) {
        nowMs += STEP_MS;
        for (const entry of [...waiting]) {
          if (entry.at > nowMs) continue;
          waiting.delete(entry);
          entry.resolve();
        }
        await settle();
      }
    },
  };
}

interface StandOptions {
  readonly redis: Redis;
  readonly prefix: string;
  readonly clock: Omit<Clock, 'advance'>;
  readonly everyMs: number;
  readonly globalEveryMs: number;
  readonly fail?: boolean;
  /** Absent = a list of its own. */
  readonly edits?: Edit[];
}

/** An editor as a process has it, and what it sent. */
export function editStand({ redis, prefix, clock, fail, edits = [], ...pauses }: StandOptions) {
  const update = async ({ ts, text }: { ts: string; text: string }) => {
    edits.push({ ts, text, atMs: clock.now().getTime() });
    if (fail === true) throw new Error('rate limited');
    return {};
  };
  const client = { chat: { update } } as unknown as WebClient;
  const logger = quietLogger();
  const pace = createEditPace({ ...clock, ...pauses, redis, prefix });
  const sendFolded = createSendFolded({ logger });
  return { edits, pace, editor: createEditor({ client, sendFolded, redis, prefix, logger, pace }) };
}
