import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { CloudAction } from '../../../src/cloud/actions.js';
import type { CallBudget } from '../../../src/cloud/ports.js';
import { vSwitches } from '../../../src/cloud/views/v-switch.js';
import { createSharedBudget } from '../../../src/ops/cloud/create-shared-budget.js';
import { createSharedCache } from '../../../src/ops/cloud/create-shared-cache.js';
import { redisForTest } from '../../support/redis-for-test.js';
import { type SimulatedCloud, startSimulatedCloud } from '../../support/start-simulated-cloud.js';

const redis = redisForTest().connect();
const broken = redisForTest().connect();
const connections = [1, 2, 3].map(() => redisForTest().connect());

const signal = new AbortController().signal;
// Each call listens; that many is no leak.
setMaxListeners(0, signal);
const limits = { perApi: 30, perMinute: 120, atOnce: 5 };

/** Three workers that know of each other through Redis alone. */
function workers(own: Partial<typeof limits> = {}, wait = async () => undefined): readonly CallBudget[] {
  const prefix = `{budget-${randomUUID()}}`;
  return [1, 2, 3].map(() => createSharedBudget({ redis, prefix, limits: { ...limits, ...own }, wait }));
}

const call = (action: CloudAction, account = '1') => ({ account, action, signal, patienceMs: 0 });

/** How many of many tries at once are let through; each ends at once. */
async function admitted(budgets: readonly CallBudget[], actions: readonly CloudAction[]): Promise<number> {
  let through = 0;
  for (const [index, action] of actions.entries()) {
    const end = await budgets[index % budgets.length]?.take(call(action)).catch(() => undefined);
    if (end !== undefined) through += 1;
    end?.();
  }
  return through;
}

const times = (action: CloudAction, count: number): CloudAction[] =>
  Array.from({ length: count }, () => action);

describe('three workers with one share of an account', () => {
  it('call one API 30 times a minute, not 90', async () => {
    expect(await admitted(workers(), times('vpc:DescribeVSwitches', 90))).toBe(30);
  });

  it('call all APIs 120 times a minute', async () => {
    const apis = [
      'vpc:DescribeVpcs',
      'vpc:DescribeVSwitches',
      'ecs:DescribeInstanceTypes',
      'cs:ListAddons',
      'vpc:DescribeNatGateways',
    ] as const;
    expect(
      await admitted(
        workers(),
        apis.flatMap((action) => times(action, 30)),
      ),
    ).toBe(120);
  });

  it('leave another account its own', async () => {
    const [one, two] = workers({ perApi: 1 });
    await one?.take(call('vpc:DescribeVpcs', '1'));
    await expect(two?.take(call('vpc:DescribeVpcs', '1'))).rejects.toMatchObject({ code: 'cloud.budget' });
    await expect(two?.take(call('vpc:DescribeVpcs', '2'))).resolves.toBeInstanceOf(Function);
  });

  it('have five calls open at one time, and wait for a place', async () => {
    const budgets = workers(
      { perApi: 30 },
      async () => new Promise<undefined>((resolve) => setImmediate(() => resolve(undefined))),
    );
    let open = 0;
    let most = 0;
    const work = async (budget: CallBudget | undefined): Promise<void> => {
      const end = await budget?.take({ ...call('vpc:DescribeVpcs'), patienceMs: 1_000_000 });
      open += 1;
      most = Math.max(most, open);
      await redis.ping();
      open -= 1;
      end?.();
    };
    await Promise.all(Array.from({ length: 24 }, (_, index) => work(budgets[index % 3])));
    expect(most).toBeLessThanOrEqual(5);
    expect(most).toBeGreaterThan(1);
  });

  it('leave an API alone that one of them was throttled at', async () => {
    const [one, two] = workers();
    await one?.trip(call('vpc:DescribeVpcs'));
    await expect(two?.take(call('vpc:DescribeVpcs'))).rejects.toMatchObject({ code: 'cloud.budget' });
    await expect(two?.take(call('vpc:DescribeVSwitches'))).resolves.toBeInstanceOf(Function);
  });

  it('say for how long the share is used up, and do not wait beyond their patience', async () => {
    const [one] = workers({ perApi: 1 });
    await one?.take(call('vpc:DescribeVpcs'));
    await expect(one?.take({ ...call('vpc:DescribeVpcs'), patienceMs: 10_000 })).rejects.toThrow(
      /used up for (?:60|5\d) s more/,
    );
  });
});

describe('three workers at one simulated account', () => {
  let cloud: SimulatedCloud | undefined;
  afterEach(() => cloud?.close());

  it('make 30 calls of one API together, and say of the rest that the budget is used up', async () => {
    const prefix = `{budget-${randomUUID()}}`;
    const wait = (ms: number, stop: AbortSignal) => sleep(ms, undefined, { signal: stop });
    const [first, ...rest] = connections.map((own) =>
      createSharedBudget({ redis: own, prefix, limits, wait }),
    );
    cloud = await startSimulatedCloud({ options: { budget: first as CallBudget } });
    const others = rest.map((budget) => cloud?.another({ budget }));
    const readers = [cloud.access, ...others].map((access) => access?.reader({ signal, patienceMs: 5000 }));
    const reads = Array.from({ length: 60 }, (_, index) => readers[index % 3]?.read(vSwitches, {}));
    const ended = await Promise.allSettled(reads);
    const refused = ended.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    expect(cloud.simulator.calls.filter((call) => call === 'vpc:DescribeVSwitches')).toHaveLength(30);
    expect(refused).toEqual(Array.from({ length: 30 }, () => 'cloud.budget'));
  });
});

describe('the answers that workers share', () => {
  it('are there for another worker, and are asked for again where they cannot be read', async () => {
    const prefix = `{cache-${randomUUID()}}`;
    const [one, two] = [createSharedCache({ redis, prefix }), createSharedCache({ redis, prefix })];
    const answer = { items: [{ VpcId: 'vpc-1' }], at: '2026-11-29T20:00:00.000Z' };
    await one.set('a', answer, 60);
    expect(await two.get('a')).toEqual(answer);
    const [key = ''] = await redis.keys(`${prefix}*`);
    await redis.set(key, 'not json');
    expect(await two.get('a')).toBeUndefined();
  });

  it('are no fault where Redis neither gives nor takes them', async () => {
    await broken.quit();
    const cache = createSharedCache({ redis: broken, prefix: '{cache-broken}' });
    expect(await cache.get('a')).toBeUndefined();
    await cache.set('a', { items: [], at: '2026-11-29T20:00:00.000Z' }, 60);
  });
});
