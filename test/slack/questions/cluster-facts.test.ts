import { describe, expect, it } from '@jest/globals';
import type { ClusterReader, Clusters } from '../../../src/cluster/ports.js';
import type { RedisClient } from '../../../src/ops/connect-redis.js';
import { createClusterFacts } from '../../../src/slack/questions/cluster-facts.js';
import { patience } from '../../support/patience.js';
import { readerOf } from '../../support/reader-of.js';
import { redisForTest } from '../../support/redis-for-test.js';
import { waitFor } from '../../support/wait-for.js';

const redis = redisForTest();
const flannel = {
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { namespace: 'kube-system', name: 'kube-flannel-ds' },
};

/** A cluster whose version, and so whose identity, is not told before `answer` is called. */
function slowCluster() {
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const reader = readerOf({ objects: [flannel] });
  const slow: ClusterReader = {
    ...reader,
    serverVersion: () => answered.then(() => reader.serverVersion()),
  };
  let reads = 0;
  const clusters = {
    names: ['cluster-x'],
    get: () => ({
      reader: () => {
        reads += 1;
        return slow;
      },
    }),
  } as unknown as Clusters;
  return { clusters, answer: () => answer(), reads: () => reads };
}

describe('the facts of a slow cluster', () => {
  it('are not waited for, read once, and there for the next answer', async () => {
    const { clusters, answer, reads } = slowCluster();
    const facts = createClusterFacts({
      ...{ clusters, redis: redis.connect(), prefix: redis.newPrefix() },
      ...{ now: () => new Date('2026-11-24T10:00:00Z'), patienceMs: 1, freshMs: 0, watch: () => 0 },
    });
    const late = { missing: expect.stringContaining('takes long to answer') };
    expect([await facts('cluster-x'), await facts('cluster-x')]).toEqual([late, late]);
    expect(reads()).toBe(1);

    answer();
    const known = await waitFor('facts kept', async () => {
      const seen = await facts('cluster-x');
      return 'facts' in seen && seen;
    });
    expect(known).toMatchObject({ facts: { name: 'cluster-x', plugin: 'flannel' } });
  });
});

/** A Redis that holds the facts of cluster-x and counts how often it is asked for them. */
function countingRedis() {
  let gets = 0;
  const stored = new Map<string, string>();
  const redis = {
    get: async (key: string) => {
      gets += 1;
      return stored.get(key) ?? null;
    },
    set: async (key: string, value: string) => void stored.set(key, value),
  } as unknown as RedisClient;
  return { redis, gets: () => gets };
}

describe('facts that Redis holds', () => {
  it.each([
    ['are not asked for again while they are fresh', { later: 999, gets: 0 }],
    ['are asked for again once they no longer are', { later: 1000, gets: 1 }],
    ['are asked for again long after', { later: 60_000, gets: 1 }],
  ])('%s', async (_name, { later, gets }) => {
    const kept = countingRedis();
    const clock = { at: 5000 };
    const clusters = {
      names: ['cluster-x'],
      get: () => ({ reader: () => readerOf({ objects: [flannel] }) }),
    } as unknown as Clusters;
    const facts = createClusterFacts({
      ...{ clusters, redis: kept.redis, prefix: 'p', now: () => new Date('2026-11-24T10:00:00Z') },
      ...{ patienceMs: patience(1000), freshMs: 1000, watch: () => clock.at },
    });
    const known = { facts: expect.objectContaining({ plugin: 'flannel' }) };
    expect(await facts('cluster-x')).toEqual(known);
    expect(await facts('cluster-x')).toEqual(known);
    const before = kept.gets();
    clock.at += later;
    expect(await facts('cluster-x')).toEqual(known);
    expect(kept.gets() - before).toBe(gets);
  });
});
