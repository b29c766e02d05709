import { randomUUID } from 'node:crypto';
import { afterAll } from '@jest/globals';
import { Redis } from 'ioredis';

export interface TestRedis {
  /** A new connection, closed when the test file ends. */
  connect(): Redis;
  /** A hash tag of its own each time, so that tests never meet. */
  newPrefix(): string;
}

/** The private Redis of this run. Call it at the top of a test file: it closes what it opened. */
export function redisForTest(url = process.env.ACKNET_TEST_REDIS_URL): TestRedis {
  if (url === undefined) throw new Error('ACKNET_TEST_REDIS_URL is not set: run the tests with npm test.');
  const open: Redis[] = [];
  afterAll(async () => {
    // A second disconnect would leave a timer behind.
    for (const redis of open.splice(0)) if (redis.status !== 'end') redis.disconnect();
  });
  return {
    connect: () => {
      const redis = new Redis(url);
      open.push(redis);
      return redis;
    },
    newPrefix: () => `{acknet-test-${randomUUID()}}`,
  };
}
