import { createHash } from 'node:crypto';
import type { RedisClient } from '../../ops/connect-redis.js';
import { onRedis } from '../../ops/on-redis.js';
import { readStored } from '../../ops/read-stored.js';
import { type Person, personSchema } from '../../proposals/proposal.js';
import { homeTexts } from '../../texts/home.js';

const { attempts } = homeTexts;

/** Who opened Home lately. Slack tells of a Home that is opened, never of one that is closed. */
export interface HomeWatchers {
  add(who: Person): Promise<void>;
  /** The latest first; those who opened it too long ago are forgotten. */
  all(): Promise<readonly Person[]>;
  forget(who: Person): Promise<void>;
  /** Whether this is not what they were shown last. */
  isNews(who: Person, shown: string): Promise<boolean>;
  /** They see this now. */
  showed(who: Person, shown: string): Promise<void>;
}

/** Each is a call of Slack's at every change. */
const MOST = 50;
const KEEP_SECONDS = 3600;

interface WatchersOptions {
  readonly redis: RedisClient;
  readonly prefix: string;
  readonly now: () => Date;
}

export function createHomeWatchers({ redis, prefix, now }: WatchersOptions): HomeWatchers {
  const openKey = `${prefix}:home:open`;
  const shownKey = (who: Person): string => `${prefix}:home:shown:${who.user}`;
  return {
    add: (who) =>
      onRedis(attempts.note, async () => {
        await redis.zadd(openKey, now().getTime(), JSON.stringify({ user: who.user, team: who.team }));
        await redis.zremrangebyrank(openKey, 0, -MOST - 1);
        await redis.expire(openKey, KEEP_SECONDS);
      }),
    all: () =>
      onRedis(attempts.list, async () => {
        await redis.zremrangebyscore(openKey, '-inf', now().getTime() - KEEP_SECONDS * 1000);
        return (await redis.zrevrange(openKey, 0, MOST - 1)).flatMap(
          (text) => readStored(personSchema, text) ?? [],
        );
      }),
    forget: (who) =>
      onRedis(attempts.forget, async () => {
        await redis.zrem(openKey, JSON.stringify({ user: who.user, team: who.team }));
      }),
    isNews: (who, shown) =>
      onRedis(attempts.shown, async () => (await redis.get(shownKey(who))) !== digestOf(shown)),
    showed: (who, shown) =>
      onRedis(attempts.shown, async () => {
        await redis.set(shownKey(who), digestOf(shown), 'EX', KEEP_SECONDS);
      }),
  };
}

const digestOf = (shown: string): string => createHash('sha256').update(shown).digest('hex');
