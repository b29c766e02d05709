import { afterEach, describe, expect, it } from '@jest/globals';
import { cloudActionsOf } from '../../src/cli/rbac.js';
import { plainText } from '../support/read-message.js';
import { type Sandbox, startSandbox } from '../support/start-sandbox.js';

let sandbox: Sandbox | undefined;
afterEach(() => sandbox?.close());

/** Who asks, which is not counted, then all that the verdicts of this cluster rest on. */
const DECIDING = [
  'sts:GetCallerIdentity',
  'cs:DescribeClusterDetail',
  'vpc:DescribeVSwitches',
  'vpc:DescribeVpcs',
  'vpc:DescribeNatGateways',
  'vpc:DescribeSnatTableEntries',
  'vpc:DescribeRouteEntryList',
];
/** One call at a time, so that their order is told; of a minute's share nothing comes back before the deadline. */
const opened = async (callsPerMinute: number): Promise<Sandbox> => {
  sandbox = await startSandbox({
    clusters: { 'cluster-x': 'terway-datapath-v2' },
    cloud: cloudActionsOf([]),
    file: { cloud: { callsPerMinute, callsAtOnce: 1 }, checks: { deadlineSeconds: 20 } },
  });
  return sandbox;
};
const callsIn = ({ world }: Sandbox): readonly string[] => world.clouds.get('cluster-x')?.calls ?? [];

describe('a check whose share of the account ends', () => {
  it('reads first what decides, and calls unknown by the budget what it did not read', async () => {
    const { ana, message } = await opened(DECIDING.length - 2);
    await ana.command({ channel: 'C0OPS', text: '/acknet check cluster-x' });
    const result = await message(/^cluster-x: nothing found, but \d checks could not tell/);
    expect([...callsIn(sandbox as Sandbox)].sort()).toEqual(DECIDING.slice(0, -1).sort());
    await ana.click({ channel: 'C0OPS', ts: result.ts, actionId: 'run_list:unknown' });
    const listed = plainText(await message(/^cluster-x: unknown/, { as: 'U0ANA' }));
    expect(listed).toMatch(/acknet’s share of the account’s rate limit is used up for \d+ s more/);
    for (const api of ['ListClusterAddonInstances', 'DescribeNetworkInterfaces', 'DescribeInstanceTypes'])
      expect(listed).toContain(`${api} was not asked`);
    expect(listed).toContain('DescribeRouteEntryList was not asked');
  });

  it('asks for advice, ENIs and facts where it lasts for them', async () => {
    const { ana, message } = await opened(120);
    await ana.command({ channel: 'C0OPS', text: '/acknet check cluster-x' });
    await message(/^cluster-x: no problem found/);
    const calls = callsIn(sandbox as Sandbox);
    expect([...calls.slice(0, DECIDING.length)].sort()).toEqual([...DECIDING].sort());
    expect(calls).toContain('ecs:DescribeNetworkInterfaces');
  });
});

describe('a check of all clusters', () => {
  it.each([
    ['eni-quota-exhausted', []],
    [
      'vswitch-addresses-exhausted',
      ['sts:GetCallerIdentity', 'cs:DescribeClusterDetail', 'vpc:DescribeVSwitches'],
    ],
  ])('asks no account for ENIs: %s', async (check, calls) => {
    const { ana, message } = await opened(120);
    await ana.command({ channel: 'C0OPS', text: `/acknet fleet ${check}` });
    await message(new RegExp(`^${check}: found on none of 1 cluster`));
    expect(callsIn(sandbox as Sandbox)).toEqual(calls);
  });
});
