import { isAcknetError } from '../../errors.js';
import { probeKeys, type RedisClient } from '../../ops/connect-redis.js';
import { doctorTexts } from '../../texts/cli/doctor.js';
import { fault, ok, type Symptom, unread } from './symptom.js';

const says = doctorTexts.redis;

/** The part of ioredis that is asked. */
interface RedisInfo extends Pick<RedisClient, 'exists'> {
  info(section: string): Promise<string>;
  config(verb: 'GET', key: string): Promise<unknown>;
}

/** Proposals and queues must survive a restart and must not be evicted. */
export async function examineRedis(redis: RedisInfo, prefix: string): Promise<readonly Symptom[]> {
  let server: string;
  try {
    server = await redis.info('server');
    await probeKeys(redis, prefix);
  } catch (error) {
    if (isAcknetError(error, 'redis.sharded')) return [fault(error.message, error.hint ?? says.check)];
    return [unread(says.failed(error instanceof Error ? error.message : String(error)), says.check)];
  }
  return [
    ok(says.answers(serverName(server))),
    await examineSetting(redis, 'maxmemory-policy', {
      wanted: 'noeviction',
      why: says.evicts,
    }),
    await examineSetting(redis, 'appendonly', {
      wanted: 'yes',
      why: says.forgets,
    }),
  ];
}

/** Valkey tells the version of Redis that it stands in for as well. */
function serverName(info: string): string {
  const valkey = /valkey_version:(\S+)/.exec(info)?.[1];
  if (valkey !== undefined) return `Valkey ${valkey}`;
  return `Redis ${/redis_version:(\S+)/.exec(info)?.[1] ?? says.noVersion}`;
}

async function examineSetting(
  redis: RedisInfo,
  key: string,
  { wanted, why }: { wanted: string; why: string },
): Promise<Symptom> {
  try {
    const value = settingOf(await redis.config('GET', key));
    if (value === wanted) return ok(says.is(key, wanted));
    return fault(says.wrong(key, value || says.notSet, why), says.set(key, wanted));
  } catch {
    return unread(says.notAllowed(key), says.seeProvider(key, wanted, why));
  }
}

const settingOf = (answer: unknown): string => (Array.isArray(answer) ? String(answer[1] ?? '') : '');
