import { describe, expect, it } from '@jest/globals';
import { takeClusterSlot } from '../../src/jobs/cluster-slots.js';
import { patience } from '../support/patience.js';
import { redisForTest } from '../support/redis-for-test.js';
import { waitFor } from '../support/wait-for.js';

const { connect, newPrefix } = redisForTest();
const redis = connect();

function stand(limit = 1) {
  const prefix = newPrefix();
  const take = (holder: string, leaseMs = 60_000) =>
    takeClusterSlot({ redis, prefix, cluster: 'cluster-x', holder, limit, leaseMs });
  /** A holder whose worker died: it is there, and nobody renews it. */
  const die = async (holder: string, endsInMs: number): Promise<void> => {
    const [seconds] = await redis.time();
    await redis.zadd(`${prefix}:slots:cluster-x`, Number(seconds) * 1000 + endsInMs, holder);
  };
  return { take, die };
}

describe('a slot of a cluster', () => {
  it('is refused while as many hold one as may, and free again once one lets go', async () => {
    const { take } = stand(2);
    const first = await take('a');
    const second = await take('b');
    expect(await take('c')).toBeUndefined();
    await first?.();
    const third = await take('c');
    expect(third).toBeDefined();
    await Promise.all([second?.(), third?.()]);
  });

  it('of a holder that died is free once its lease has ended', async () => {
    const { take, die } = stand();
    await die('dead', -1);
    const release = await take('next');
    expect(release).toBeDefined();
    await release?.();
  });

  it('of a holder that died is not free before', async () => {
    const { take, die } = stand();
    await die('dead', 3_600_000);
    expect(await take('next')).toBeUndefined();
  });

  it('is renewed as long as it is held', async () => {
    const { take } = stand();
    const leaseMs = patience(300);
    const release = await take('a', leaseMs);
    const since = Date.now();
    await waitFor('several leases', () => Date.now() - since > 4 * leaseMs);
    expect(await take('b')).toBeUndefined();
    await release?.();
  });

  it('is the same for a holder that asks again', async () => {
    const { take } = stand();
    const first = await take('a');
    const again = await take('a');
    expect(again).toBeDefined();
    await Promise.all([first?.(), again?.()]);
  });
});
