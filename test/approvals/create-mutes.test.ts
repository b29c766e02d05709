import { describe, expect, it } from '@jest/globals';
import { createMutes } from '../../src/approvals/create-mutes.ts';
import { createAuditLog } from '../../src/ops/audit/audit-log.ts';
import { mask } from '../../src/masking/mask.ts';
import { createLedger } from '../../src/ops/audit/ledger.ts';
import { quietLogger } from '../support/quiet-logger.ts';
import { redisForTest } from '../support/redis-for-test.ts';
import { sampleNow } from '../support/sample-proposal.ts';
import { person } from './sample-authority.ts';

const { connect, newPrefix } = redisForTest();
const redis = connect();
const by = person('U0BOSS');
const DAY = 86_400_000;

function setUp() {
  const prefix = newPrefix();
  const clock = { now: sampleNow };
  const ledger = createLedger({ redis, prefix, auditKey: 'a key for tests only', logger: quietLogger() });
  const unreadable: string[] = [];
  const onUnreadable = (cluster: string) => void unreadable.push(cluster);
  const mutes = createMutes({ prefix, ledger, now: () => clock.now, onUnreadable });
  const mute = (finding: string, more: object = {}) =>
    mutes.add({ cluster: 'cluster-x', finding, reason: 'known', by, ...more });
  const active = async (cluster = 'cluster-x') => (await mutes.active(cluster)).map(({ finding }) => finding);
  /** As another version of acknet would keep it. */
  const store = async (value: string) =>
    ledger.commit({
      documents: [{ key: `${prefix}:mutes:cluster-x`, expected: '', value: mask(value) }],
      entry: { action: 'muted', actor: by, at: sampleNow.toISOString() },
    });
  const kept = async () => (await ledger.load(`${prefix}:mutes:cluster-x`))?.value ?? '';
  return { store, kept, unreadable, prefix, mutes, mute, active, clock, audit: createAuditLog(ledger) };
}

describe('a mute of another version', () => {
  const other = { finding: 'c.bad', ends: 5 };

  it('is left aside, told of once, and kept', async () => {
    const { store, kept, unreadable, mute, active } = setUp();
    await store(JSON.stringify([other]));
    expect([await active(), await active(), unreadable]).toEqual([[], [], ['cluster-x']]);
    await mute('a.bad');
    expect(await active()).toEqual(['a.bad']);
    expect(JSON.parse(await kept())).toContainEqual(other);
    expect(unreadable).toEqual(['cluster-x']);
  });

  it.each(['{"mutes":[]}', 'no JSON'])('does not stop others from being added: %s', async (value) => {
    const { store, unreadable, mute, active } = setUp();
    await store(value);
    await mute('a.bad');
    expect([await active(), unreadable]).toEqual([['a.bad'], ['cluster-x']]);
  });
});

describe('a mute', () => {
  it('holds for its cluster alone, for 30 days unless told otherwise', async () => {
    const { mute, active, clock } = setUp();
    await mute('a.bad');
    await mute('b.bad', { until: new Date(sampleNow.getTime() + DAY) });
    expect(await active()).toEqual(['a.bad', 'b.bad']);
    expect(await active('cluster-y')).toEqual([]);
    clock.now = new Date(sampleNow.getTime() + DAY);
    expect(await active()).toEqual(['a.bad']);
    clock.now = new Date(sampleNow.getTime() + 30 * DAY);
    expect(await active()).toEqual([]);
  });

  it('that somebody else wrote into Redis hides nothing', async () => {
    const { prefix, mute, active } = setUp();
    await mute('a.bad');
    const key = `${prefix}:mutes:cluster-x`;
    const forged = ((await redis.hget(key, 'value')) ?? '').replace('a.bad', 'b.bad');
    await redis.hset(key, 'value', forged);
    expect(await active()).toEqual([]);
    await mute('c.bad');
    expect(await active()).toEqual(['c.bad']);
  });

  it('takes the place of an earlier one for the same finding', async () => {
    const { mute, mutes } = setUp();
    await mute('a.bad');
    await mute('a.bad', { reason: ' better known ' });
    expect(await mutes.active('cluster-x')).toMatchObject([{ finding: 'a.bad', reason: 'better known', by }]);
  });

  it('can be taken back, once', async () => {
    const { mute, mutes, active } = setUp();
    await mute('a.bad');
    expect(await mutes.remove('cluster-x', 'a.bad', by)).toBe(true);
    expect(await mutes.remove('cluster-x', 'a.bad', by)).toBe(false);
    expect(await active()).toEqual([]);
  });

  it('is audited, and so is taking it back', async () => {
    const { mute, mutes, audit } = setUp();
    await mute('a.bad');
    await mutes.remove('cluster-x', 'a.bad', by);
    expect((await audit.read({ cluster: 'cluster-x' })).map(({ action, actor }) => [action, actor])).toEqual([
      ['muted', by],
      ['unmuted', by],
    ]);
  });

  it('is not lost when many are made at once', async () => {
    const { mute, active } = setUp();
    const findings = Array.from({ length: 12 }, (_, n) => `check.${n}`);
    await Promise.all(findings.map((finding) => mute(finding)));
    expect((await active()).sort()).toEqual([...findings].sort());
  });

  it.each([
    ['a reason', { reason: '  ' }],
    ['an end in the future', { until: sampleNow }],
  ])('needs %s', async (_what, fields) => {
    await expect(setUp().mute('a.bad', fields)).rejects.toMatchObject({ code: 'usage.invalid' });
  });
});
