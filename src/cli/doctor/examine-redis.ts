import { fault, ok, type Symptom, unread } from './symptom.js';

/** The part of ioredis that is asked. */
interface RedisInfo {
  info(section: string): Promise<string>;
  config(verb: 'GET', key: string): Promise<unknown>;
}

/** Proposals and queues must survive a restart and must not be evicted. */
export async function examineRedis(redis: RedisInfo): Promise<readonly Symptom[]> {
  let server: string;
  try {
    server = await redis.info('server');
  } catch (error) {
    return [
      unread(
        `Redis: ${error instanceof Error ? error.message : String(error)}`,
        'Check ACKNET_REDIS_URL and that Redis runs.',
      ),
    ];
  }
  const version = /redis_version:(\S+)/.exec(server)?.[1] ?? 'of unknown version';
  return [
    ok(`Redis ${version} answers`),
    await examineSetting(redis, 'maxmemory-policy', {
      wanted: 'noeviction',
      why: 'with any other policy Redis may drop proposals and jobs',
    }),
    await examineSetting(redis, 'appendonly', {
      wanted: 'yes',
      why: 'without AOF a restart forgets proposals and approvals',
    }),
  ];
}

async function examineSetting(
  redis: RedisInfo,
  key: string,
  { wanted, why }: { wanted: string; why: string },
): Promise<Symptom> {
  try {
    const value = settingOf(await redis.config('GET', key));
    if (value === wanted) return ok(`Redis ${key} is ${wanted}`);
    return fault(
      `Redis ${key} is ${value || 'not set'}: ${why}`,
      `Set ${key} ${wanted} in redis.conf (or CONFIG SET ${key} ${wanted}).`,
    );
  } catch {
    return unread(
      `Redis ${key}: CONFIG is not allowed here`,
      `See in the provider's console that ${key} is ${wanted}: ${why}.`,
    );
  }
}

const settingOf = (answer: unknown): string => (Array.isArray(answer) ? String(answer[1] ?? '') : '');
