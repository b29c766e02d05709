import { type PrivateRedis, startPrivateRedis } from '../../sandbox/redis/start-private-redis.ts';

declare global {
  var acknetTestRedis: PrivateRedis | undefined;
}

/** One private Redis for the whole run; tests isolate themselves by key prefix. */
export default async function globalSetup(): Promise<void> {
  if (process.env.ACKNET_REDIS_URL) {
    process.env.ACKNET_TEST_REDIS_URL = process.env.ACKNET_REDIS_URL;
    return;
  }
  globalThis.acknetTestRedis = await startPrivateRedis();
  process.env.ACKNET_TEST_REDIS_URL = globalThis.acknetTestRedis.url;
}
