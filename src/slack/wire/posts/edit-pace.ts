import type { RedisClient } from '../../../ops/connect-redis.js';
import { onRedis } from '../../../ops/on-redis.js';
import { redisScript } from '../../../ops/redis-script.js';
import type { MessageRef } from '../../../proposals/proposal.js';
import { wireTexts } from '../../../texts/wire.js';

/** One pace for the progress of all workers and bots that share a Redis: those of one Slack token. */
export interface EditPace {
  /** Resolves when this message may be edited; rejects once the signal aborts. */
  turn(at: MessageRef, signal: AbortSignal): Promise<void>;
}

interface PaceOptions {
  readonly redis: RedisClient;
  readonly prefix: string;
  /** Between two edits of one message. */
  readonly everyMs: number;
  /** Between any two edits: Slack's limit is shared by all messages of the workspace. */
  readonly globalEveryMs: number;
  /** Resolves after so long, or once the signal aborts. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Absent = Redis' own clock, so that workers whose clocks differ share one pace. */
  readonly now?: (() => Date) | undefined;
}

/** A clock that was set back holds nothing up for longer. */
const KEEP_MS = 60_000;

/**
 * Answers how long to wait, and whether the turn is taken then. A message that was edited just now takes none: it would
 * keep the others from theirs until its own pause is over.
 */
const takePlace = redisScript(`
local now = tonumber(ARGV[1])
if now < 0 then
  local t = redis.call('TIME')
  now = t[1] * 1000 + math.floor(t[2] / 1000)
end
local own = tonumber(redis.call('GET', KEYS[2]) or '0')
if own > now then return {own - now, 0} end
local turn = math.max(now, tonumber(redis.call('GET', KEYS[1]) or '0'))
for i = 1, 2 do
  local free = turn + tonumber(ARGV[1 + i])
  redis.call('SET', KEYS[i], string.format('%.0f', free), 'PX', string.format('%.0f', free - now + tonumber(ARGV[4])))
end
return {turn - now, 1}
`);

export function createEditPace(options: PaceOptions): EditPace {
  const { redis, prefix, everyMs, globalEveryMs, pause, now } = options;
  const take = async ({ channel, ts }: MessageRef): Promise<readonly [waitMs: number, taken: boolean]> => {
    const keys = [`${prefix}:edited`, `${prefix}:edited:${channel}/${ts}`];
    const values = [now?.().getTime() ?? -1, globalEveryMs, everyMs, KEEP_MS];
    const answer = await onRedis(wireTexts.attempts.takeTurn, () => takePlace(redis, keys, values));
    const [waitMs, taken] = answer as readonly [number, number];
    return [waitMs, taken === 1];
  };

  return {
    async turn(at, signal) {
      for (;;) {
        signal.throwIfAborted();
        const [waitMs, taken] = await take(at);
        if (waitMs > 0) await pause(waitMs, signal);
        signal.throwIfAborted();
        if (taken) return;
      }
    },
  };
}
