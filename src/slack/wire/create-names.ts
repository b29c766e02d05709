import type { WebClient } from '@slack/web-api';
import type { Entitled } from '../../approvals/authorise.js';
import type { RedisClient } from '../../ops/connect-redis.js';
import { onRedis } from '../../ops/on-redis.js';
import { fixTexts } from '../../texts/fixes.js';
import { wireTexts } from '../../texts/wire.js';

interface NamesOptions {
  readonly client: Pick<WebClient, 'usergroups' | 'users'>;
  readonly redis: RedisClient;
  readonly prefix: string;
}

/** Slack lists user groups twenty times a minute at most, and names hardly change. */
const KEEP_SECONDS = 3600;

/**
 * What people and groups are called, for texts that must call nobody: Slack has no mention without a ping. Nothing
 * depends on it, so where Slack does not say, a word stands instead.
 */
export function createNames({ client, redis, prefix }: NamesOptions) {
  const cached = async (id: string, read: () => Promise<string | undefined>): Promise<string | undefined> => {
    const key = `${prefix}:name:${id}`;
    const stored = await onRedis(wireTexts.attempts.lookUpName, () => redis.get(key));
    if (stored !== null) return stored;
    const name = await read().catch(() => undefined);
    if (name !== undefined)
      await onRedis(wireTexts.attempts.rememberName, () => redis.set(key, name, 'EX', KEEP_SECONDS));
    return name;
  };

  const handleOf = (group: string) =>
    cached(group, async () => {
      const { usergroups = [] } = await client.usergroups.list({});
      const handle = usergroups.find(({ id }) => id === group)?.handle;
      return handle === undefined ? undefined : `@${handle}`;
    });

  const nameOf = (user: string) =>
    cached(user, async () => {
      const { user: found } = await client.users.info({ user });
      return found?.profile?.display_name || found?.real_name || found?.name;
    });

  return async ({ users, groups }: Entitled): Promise<ReadonlyMap<string, string>> =>
    new Map([
      ...(await Promise.all(
        groups.map(async (id): Promise<[string, string]> => [id, (await handleOf(id)) ?? fixTexts.someGroup]),
      )),
      ...(await Promise.all(
        users.map(async (id): Promise<[string, string]> => [id, (await nameOf(id)) ?? fixTexts.somebody]),
      )),
    ]);
}
