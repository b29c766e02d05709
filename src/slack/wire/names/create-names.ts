import type { WebClient } from '@slack/web-api';
import type { Entitled } from '../../../approvals/authorise.js';
import type { RedisClient } from '../../../ops/connect-redis.js';
import { onRedis } from '../../../ops/on-redis.js';
import { fixTexts } from '../../../texts/fixes.js';
import { wireTexts } from '../../../texts/wire.js';

interface NamesOptions {
  readonly client: Pick<WebClient, 'usergroups' | 'users'>;
  readonly redis: RedisClient;
  readonly prefix: string;
}

/** Slack lists user groups twenty times a minute at most, and names hardly change. */
const KEEP_SECONDS = 3600;
/** That Slack names nobody by an id is kept too, for less long: nobody asks it again with every card. */
const KEEP_NONE_SECONDS = 300;
const NONE = '';

/**
 * What people and groups are called, for texts that must call nobody: Slack has no mention without a ping. Nothing
 * depends on it, so where Slack does not say, a word stands instead.
 */
export function createNames({ client, redis, prefix }: NamesOptions) {
  const keyOf = (id: string): string => `${prefix}:name:${id}`;
  const keep = async (id: string, name: string): Promise<void> => {
    const seconds = name === NONE ? KEEP_NONE_SECONDS : KEEP_SECONDS;
    await onRedis(wireTexts.attempts.rememberName, () => redis.set(keyOf(id), name, 'EX', seconds));
  };

  /** Of all that are not kept, by one reading. */
  const named = async (
    ids: readonly string[],
    read: (missing: readonly string[]) => Promise<ReadonlyMap<string, string>>,
  ): Promise<ReadonlyMap<string, string>> => {
    if (ids.length === 0) return new Map();
    const kept = await onRedis(wireTexts.attempts.lookUpName, () => redis.mget(ids.map(keyOf)));
    const missing = ids.filter((_, at) => kept[at] == null);
    const found = missing.length === 0 ? new Map<string, string>() : await read(missing);
    for (const id of missing) await keep(id, found.get(id) ?? NONE);
    return new Map(ids.map((id, at) => [id, kept[at] ?? found.get(id) ?? NONE]));
  };

  const handles = async (): Promise<ReadonlyMap<string, string>> => {
    const { usergroups = [] } = await client.usergroups.list({});
    return new Map(
      usergroups.flatMap(({ id, handle }) => (id && handle ? [[id, `@${handle}`] as const] : [])),
    );
  };

  const nameOf = async (user: string): Promise<readonly [string, string]> => {
    const { user: found } = await client.users.info({ user });
    return [user, found?.profile?.display_name || found?.real_name || found?.name || NONE];
  };
  const people = async (users: readonly string[]): Promise<ReadonlyMap<string, string>> =>
    new Map(await Promise.all(users.map((user) => nameOf(user).catch(() => [user, NONE] as const))));

  return async ({ users, groups }: Entitled): Promise<ReadonlyMap<string, string>> => {
    const [ofGroups, ofUsers] = await Promise.all([
      named(groups, () => handles().catch(() => new Map())),
      named(users, people),
    ]);
    return new Map([
      ...groups.map((id) => [id, ofGroups.get(id) || fixTexts.someGroup] as const),
      ...users.map((id) => [id, ofUsers.get(id) || fixTexts.somebody] as const),
    ]);
  };
}
