import { afterEach, describe, expect, it } from '@jest/globals';
import type { CloudEffect } from '../../sandbox/cloud/cloud-faults.js';
import { createLocalBudget } from '../../src/cloud/budget/create-local-budget.js';
import { mostCalls } from '../../src/cloud/budget/limits.js';
import { clusterDetails } from '../../src/cloud/views/cluster-detail.js';
import { networkInterfaces } from '../../src/cloud/views/network-interface.js';
import { vSwitchById, vSwitches } from '../../src/cloud/views/v-switch.js';
import { vpcs } from '../../src/cloud/views/vpc.js';
import { AcknetError } from '../../src/errors.js';
import { patience } from '../support/patience.js';
import {
  CANARY_KEY,
  type CloudSimulation,
  type SimulatedCloud,
  startSimulatedCloud,
} from '../support/start-simulated-cloud.js';

let cloud: SimulatedCloud | undefined;
afterEach(() => cloud?.close());

async function start(given: CloudSimulation = {}) {
  cloud = await startSimulatedCloud(given);
  return { ...cloud, reader: cloud.access.reader({ signal: new AbortController().signal }) };
}

async function faultOf(work: Promise<unknown>): Promise<AcknetError> {
  const error = await work.then(
    () => undefined,
    (fault: unknown) => fault,
  );
  expect(error).toBeInstanceOf(AcknetError);
  return error as AcknetError;
}

describe('a reader of the cloud', () => {
  it('reads by RPC and by path what the SDK’s own check of the signature lets through', async () => {
    const { reader } = await start();
    const [detail] = (await reader.read(clusterDetails)).items;
    const found = await reader.read(vSwitches, { VpcId: detail?.vpc });
    expect(found.items.map(({ id, zone }) => `${id} ${zone}`)).toEqual([
      'vsw-bp1d8f1h4j7l0n3p6r9t2 cn-hangzhou-i',
      'vsw-bp1a4c7e9g2i5k8m1o3q6 cn-hangzhou-h',
      'vsw-bp1n0d1i1nodes1zone1i cn-hangzhou-i',
      'vsw-bp1n0d2h2nodes2zone2h cn-hangzhou-h',
    ]);
  });

  it('signs with a session token too', async () => {
    const key = { ...CANARY_KEY, id: 'STS.canary00000000001', securityToken: 'canary-session-token' };
    const { reader } = await start({ key });
    expect((await reader.read(vpcs)).items).toHaveLength(1);
  });

  it('turns every page of both kinds', async () => {
    const more = Array.from({ length: 120 }, (_, index) => ({
      id: `vsw-more${index}`,
      zone: 'cn-hangzhou-i',
      cidr: '10.0.9.0/24',
      free: index,
    }));
    const { reader, simulator } = await start({ cloud: { vSwitches: more } });
    const found = await reader.read(vSwitches, { VpcId: 'vpc-bp1o8h2k5n7q9s3u6w0y4' });
    expect(found.items).toHaveLength(124);
    simulator.pagesOf(7);
    const cards = await reader.read(networkInterfaces, {});
    expect(cards.items).toHaveLength(new Set(cards.items.map(({ id }) => id)).size);
    expect(cards.items.length).toBeGreaterThan(7);
    expect(simulator.calls.filter((call) => call === 'ecs:DescribeNetworkInterfaces').length).toBe(
      Math.ceil(cards.items.length / 7),
    );
  });

  it('names the RAM action that is missing', async () => {
    const { reader } = await start({ actions: [] });
    const fault = await faultOf(reader.read(vSwitches, {}));
    expect([fault.code, fault.message]).toEqual([
      'cloud.forbidden',
      'Cluster cluster-x: may not call vpc:DescribeVSwitches.',
    ]);
    expect(fault.hint).toContain('acknet rbac --cloud');
  });

  it('tells an id that the account has not', async () => {
    const { reader } = await start();
    expect((await faultOf(reader.read(vSwitchById, { VSwitchId: 'vsw-none' }))).code).toBe('cloud.not-found');
  });

  it('tells a cluster id that the region has not', async () => {
    const { reader } = await start({ clusterId: `c${'0'.repeat(32)}` });
    const fault = await faultOf(reader.read(clusterDetails));
    expect([fault.code, fault.hint]).toEqual(['cloud.not-found', expect.stringContaining('clusterId')]);
  });

  const passing: readonly (readonly [string, CloudEffect])[] = [
    ['a throttled call', { kind: 'throttled', afterMs: 5 }],
    ['a throttled call without a time', { kind: 'throttled' }],
    ['a fault of the server', { kind: 'status', status: 503, code: 'ServiceUnavailable' }],
    [
      'a fault that a gateway tells in XML',
      { kind: 'status', status: 500, code: 'InternalError', xml: true },
    ],
    ['fields nobody knows', { kind: 'more' }],
  ];
  it.each(passing)('goes on after %s', async (_what, effect) => {
    const { reader, simulator } = await start();
    simulator.faults.add({ api: 'DescribeVSwitches', effect });
    expect((await reader.read(vSwitches, {})).items).toHaveLength(4);
  });

  const lasting: readonly (readonly [string, CloudEffect, string, string])[] = [
    ['throttling', { kind: 'throttled', afterMs: 1 }, 'cloud.throttled', 'Throttling.User'],
    ['a broken server', { kind: 'status', status: 502, code: '' }, 'cloud.failed', 'HTTP 502'],
    ['an expired token', { kind: 'expired' }, 'cloud.unauthorized', 'InvalidSecurityToken.Expired'],
    [
      'a call that is no call',
      { kind: 'status', status: 400, code: 'InvalidParameter' },
      'cloud.rejected',
      'InvalidParameter',
    ],
    [
      'a count that is missing',
      { kind: 'without', field: 'AvailableIpAddressCount' },
      'cloud.malformed',
      'AvailableIpAddressCount',
    ],
    [
      'a count that is no number',
      { kind: 'wrong', field: 'AvailableIpAddressCount', value: 'many' },
      'cloud.malformed',
      'AvailableIpAddressCount',
    ],
    ['a total that is missing', { kind: 'without', field: 'TotalCount' }, 'cloud.malformed', 'TotalCount'],
    [
      'a total that never comes',
      { kind: 'wrong', field: 'TotalCount', value: 99 },
      'cloud.malformed',
      '4 of 99',
    ],
    ['a list that is missing', { kind: 'without', field: 'VSwitch' }, 'cloud.malformed', 'VSwitches.VSwitch'],
  ];
  it.each(lasting)('says what stands in the way: %s', async (_what, effect, code, part) => {
    const { reader, simulator } = await start();
    simulator.faults.add({ api: 'DescribeVSwitches', times: 20, effect });
    const fault = await faultOf(reader.read(vSwitches, {}));
    expect([fault.code, fault.message]).toEqual([code, expect.stringContaining(part)]);
  });

  it('gives up a call that is never answered', async () => {
    const { reader, simulator } = await start({ options: { requestTimeoutMs: patience(100) } });
    simulator.faults.add({ api: 'DescribeVSwitches', times: 20, effect: { kind: 'hang' } });
    expect((await faultOf(reader.read(vSwitches, {}))).code).toBe('cloud.timed-out');
  });

  it('names the clock where it is the clock, and how far it is wrong', async () => {
    const { reader } = await start({ options: { now: () => new Date(Date.now() - 3_600_000) } });
    const fault = await faultOf(reader.read(vSwitches, {}));
    expect(fault.code).toBe('cloud.clock');
    expect(fault.message).toMatch(/acknet’s clock is 3[56]\d\d s behind the cloud’s/);
  });

  it('leaves an API alone once three tries were throttled', async () => {
    const { reader, simulator } = await start();
    simulator.faults.add({ api: 'DescribeVSwitches', times: 3, effect: { kind: 'throttled', afterMs: 1 } });
    await faultOf(reader.read(vSwitches, {}));
    const before = simulator.calls.length;
    expect((await faultOf(reader.read(vSwitches, {}))).message).toContain('left alone');
    expect(simulator.calls.length).toBe(before);
    expect((await reader.read(vpcs)).items).toHaveLength(1);
  });

  it('asks an API again a minute after it was throttled, whoever asked in between', async () => {
    const clock = { ms: 0 };
    const budget = createLocalBudget({
      limits: mostCalls,
      now: () => new Date(clock.ms),
      wait: async () => undefined,
    });
    const { reader, simulator } = await start({ options: { budget } });
    simulator.faults.add({ api: 'DescribeVSwitches', times: 3, effect: { kind: 'throttled', afterMs: 1 } });
    expect((await faultOf(reader.read(vSwitches, {}))).code).toBe('cloud.throttled');
    clock.ms = 30_000;
    expect((await faultOf(reader.read(vSwitches, {}))).code).toBe('cloud.budget');
    clock.ms = 61_000;
    expect((await reader.read(vSwitches, {})).items).toHaveLength(4);
  });

  it.each(['InvalidAction.NotFound', 'InvalidApi.NotFound', 'InvalidRegionId.NotFound'])(
    'does not take %s for an id that is not there',
    async (code) => {
      const { reader, simulator } = await start();
      simulator.faults.add({
        api: 'DescribeVSwitchAttributes',
        effect: { kind: 'status', status: 404, code },
      });
      const fault = await faultOf(reader.read(vSwitchById, { VSwitchId: 'vsw-bp1d8f1h4j7l0n3p6r9t2' }));
      expect([fault.code, fault.message]).toEqual(['cloud.rejected', expect.stringContaining(code)]);
    },
  );

  const silences: readonly (readonly [string, CloudEffect])[] = [
    ['refuses', { kind: 'status', status: 503, code: 'ServiceUnavailable' }],
    ['never answers', { kind: 'hang' }],
  ];
  it.each(silences)('goes on for a minute without the account where STS %s', async (_what, effect) => {
    const from = Date.now();
    const clock = { ms: 0 };
    const now = () => new Date(from + clock.ms);
    const { reader, simulator } = await start({ options: { now, requestTimeoutMs: patience(1000) } });
    simulator.faults.add({ api: 'GetCallerIdentity', times: 100, effect });
    const asked = () => simulator.calls.filter((call) => call === 'sts:GetCallerIdentity').length;
    expect((await reader.read(vSwitches, {})).items).toHaveLength(4);
    const once = asked();
    expect((await reader.read(vSwitches, {})).items).toHaveLength(4);
    expect(asked()).toBe(once);
    clock.ms = 61_000;
    simulator.faults.clear();
    await reader.read(vSwitches, {});
    await reader.read(vSwitches, {});
    expect(asked()).toBe(once + 1);
  });

  it('takes the account from nobody where the first who asked stops waiting', async () => {
    const { reader, simulator, access } = await start();
    simulator.faults.add({ api: 'GetCallerIdentity', effect: { kind: 'slow', ms: 300 } });
    const stop = new AbortController();
    const first = access.reader({ signal: stop.signal }).read(vSwitches, {});
    const second = reader.read(vSwitches, {});
    stop.abort();
    await expect(first).rejects.toThrow(/aborted/);
    expect((await second).items).toHaveLength(4);
    expect(simulator.calls.filter((call) => call.startsWith('sts:'))).toHaveLength(1);
  });

  it('asks again in every run for counts, and once a minute for what does not change', async () => {
    const { reader, simulator } = await start();
    for (const _ of [1, 2]) {
      await reader.read(vSwitches, {});
      await reader.read(vpcs);
    }
    const count = (call: string) => simulator.calls.filter((entry) => entry === call).length;
    expect([count('vpc:DescribeVSwitches'), count('vpc:DescribeVpcs')]).toEqual([2, 1]);
  });

  it('asks once who it is, and counts every try by how it ended', async () => {
    const { reader, simulator, outcomes } = await start();
    simulator.faults.add({ api: 'DescribeVSwitches', effect: { kind: 'throttled', afterMs: 1 } });
    await Promise.all([reader.read(vSwitches, {}), reader.read(vpcs)]);
    expect([...outcomes].sort()).toEqual([
      'sts:GetCallerIdentity ok',
      'vpc:DescribeVSwitches cloud.throttled',
      'vpc:DescribeVSwitches ok',
      'vpc:DescribeVpcs ok',
    ]);
  });

  it('puts no secret into an error, whatever comes back', async () => {
    const { reader, simulator } = await start();
    const code = `SignatureDoesNotMatch ${CANARY_KEY.id} accessKeySecret=${CANARY_KEY.secret}`;
    simulator.faults.add({
      api: 'DescribeVSwitches',
      times: 5,
      effect: { kind: 'status', status: 400, code },
    });
    const fault = await faultOf(reader.read(vSwitches, {}));
    expect(fault.message).not.toContain(CANARY_KEY.secret);
    expect(fault.message).not.toContain(CANARY_KEY.id);
  });
});
