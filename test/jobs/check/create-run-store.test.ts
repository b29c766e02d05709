import { randomBytes } from 'node:crypto';
import { brotliCompressSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import type { CheckRun } from '../../../src/engine/checking/check-run.js';
import { createRunStore } from '../../../src/jobs/check/create-run-store.js';
import { maskAll } from '../../../src/masking/mask.ts';
import { redisForTest } from '../../support/redis-for-test.js';

const redisOf = redisForTest();

function stand() {
  const redis = redisOf.connect();
  const prefix = redisOf.newPrefix();
  const unreadable: string[] = [];
  const open = () => createRunStore({ redis, prefix, onUnreadable: (runId) => unreadable.push(runId) });
  return { redis, prefix, unreadable, open, runs: open() };
}

/** As large as a broken cluster's: what its nodes and events say is different for each. */
const run = (startedAt: string, word = 'as before'): CheckRun => ({
  ...{ schema: 1, cluster: 'cluster-x', startedAt, durationMs: Math.round(Math.random() * 9000) },
  identity: { plugin: { known: true, name: 'flannel' }, flavor: 'managed', dualStack: false },
  checks: Array.from({ length: 37 }, (_, n) => ({
    ...{ id: `check-${n}`, title: `Check ${n}`, area: 'flannel', intents: ['an-entry'], outcome: 'found' },
    facts: [{ label: 'read', value: `node ${n} ${n === 5 ? word : 'as before'}` }],
    findings: Array.from({ length: 3 }, (_none, m) => ({
      ...{
        id: `check-${n}.bad`,
        check: `check-${n}`,
        severity: 'problem',
        message: `Pod ${m} of check ${n} has no address.`,
        data: {},
      },
      about: { kind: 'Pod', namespace: 'shop', name: `shop-${n}-${m}` },
      evidence: [
        { where: `Event of pod shop-${n}-${m}`, value: `failed: ${hex(n, m)}`, at: '2026-11-24T03:00:00Z' },
      ],
    })),
  })) as CheckRun['checks'],
});
const hex = (n: number, m: number): string => `${n}${m}`.repeat(60);

describe('a kept run', () => {
  it.each([
    ['of some checks', run('2026-11-24T03:00:00Z')],
    ['of part of a cluster', { ...run('2026-11-24T03:00:00Z'), scope: { namespaces: ['shop'], node: 'n1' } }],
    ['of no check', { ...run('2026-11-24T03:00:00Z'), checks: [] }],
  ])('%s is read as it was saved', async (_title, saved) => {
    const { runs } = stand();
    await runs.save('r1', maskAll(saved));
    expect(await runs.get('r1')).toEqual(saved);
  });

  it('from before runs were packed is read too', async () => {
    const { redis, prefix, runs } = stand();
    const old = run('2026-11-24T03:00:00Z');
    await redis.set(`${prefix}:run:old`, JSON.stringify(old));
    expect(await runs.get('old')).toEqual(old);
  });

  it('from before what runs say alike was kept once is read too', async () => {
    const { redis, prefix, runs } = stand();
    const { checks, ...rest } = run('2026-11-24T03:00:00Z');
    const pack = (value: unknown) => brotliCompressSync(JSON.stringify(value));
    for (const [n, check] of checks.entries()) await redis.set(`${prefix}:run-part:p${n}`, pack(check));
    const parts = checks.map((_check, n) => `p${n}`);
    await redis.set(`${prefix}:run:old`, pack({ stored: 2, ...rest, parts }));
    expect(await runs.get('old')).toEqual({ ...rest, checks });
  });

  it.each([
    ['of another shape', JSON.stringify({ schema: 7, what: 'ever' })],
    ['that is no JSON', '{"schema":'],
    ['that is noise', randomBytes(40).fill(0xff, 0, 1)],
  ])('%s counts as not kept, and is told of once', async (_title, stored) => {
    const { redis, prefix, runs, unreadable } = stand();
    await redis.set(`${prefix}:run:odd`, stored);
    await runs.remember('odd', 'cluster-x');
    expect([await runs.get('odd'), await runs.last('cluster-x'), await runs.get('odd')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(unreadable).toEqual(['odd']);
  });

  it('a part of which is gone counts as not kept', async () => {
    const { redis, prefix, runs } = stand();
    await runs.save('r1', maskAll(run('2026-11-24T03:00:00Z')));
    const [part = ''] = await redis.keys(`${prefix}:run-part:*`);
    await redis.del(part);
    expect(await runs.get('r1')).toBeUndefined();
  });

  it('keeps its parts as long as itself, whoever saved them first', async () => {
    const { redis, prefix, runs } = stand();
    await runs.save('r1', maskAll(run('2026-11-24T03:00:00Z')));
    for (const key of await redis.keys(`${prefix}:run-part:*`)) await redis.expire(key, 5);
    await runs.save('r2', maskAll(run('2026-11-24T04:00:00Z')));
    const left = await Promise.all((await redis.keys(`${prefix}:run[:-]*`)).map((key) => redis.ttl(key)));
    expect(Math.min(...left)).toBeGreaterThan(13 * 86_400);
  });
});

describe('the runs of a cluster', () => {
  async function megabytesPerThousand(wordOf: (n: number) => string): Promise<number> {
    const { redis, prefix, runs } = stand();
    const count = 50;
    for (let n = 0; n < count; n += 1) {
      await runs.save(
        randomBytes(16).toString('base64url'),
        maskAll(run(new Date(n * 3_600_000).toISOString(), wordOf(n))),
      );
    }
    const keys = await redis.keys(`${prefix}:*`);
    const sizes = await Promise.all(keys.map((key) => redis.memory('USAGE', key)));
    // What was kept once is no growth.
    const parts = await redis.keys(`${prefix}:run-part:*`);
    const once = await Promise.all(parts.slice(0, 37).map((key) => redis.memory('USAGE', key)));
    const sum = (list: readonly (number | null)[]) =>
      list.reduce<number>((all, size) => all + (size ?? 0), 0);
    return (((sum(sizes) - sum(once)) / count) * 1000) / 1e6;
  }

  it('whose state does not change grow by less than 5 MB per 1,000', async () => {
    expect(await megabytesPerThousand(() => 'as before')).toBeLessThan(5);
  });

  it('grow by what is new alone where something changes each time', async () => {
    expect(await megabytesPerThousand((n) => `other ${n}`)).toBeLessThan(5);
  });
});
