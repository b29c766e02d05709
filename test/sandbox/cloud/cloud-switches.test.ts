import { afterEach, describe, expect, it } from '@jest/globals';
import type { SwitchName } from '../../../sandbox/cloud/shown/cloud-state.js';
import { vSwitches } from '../../../src/cloud/views/v-switch.js';
import { vpcs } from '../../../src/cloud/views/vpc.js';
import { isAcknetError } from '../../../src/errors.js';
import { type SimulatedCloud, startSimulatedCloud } from '../../support/start-simulated-cloud.js';

let cloud: SimulatedCloud;
afterEach(() => cloud.close());

/** How a process that just started fares: `ok`, or the code of its error. */
const outcomeOf = (read: typeof vpcs | typeof vSwitches): Promise<string> =>
  cloud
    .another({})
    .reader({ signal: new AbortController().signal })
    .read<unknown>(read)
    .then(
      () => 'ok',
      (error: unknown) => (isAcknetError(error) ? error.code : String(error)),
    );

describe('a switch of the account', () => {
  it.each<[SwitchName, string]>([
    ['throttled', 'cloud.throttled'],
    ['denied', 'cloud.forbidden'],
    ['expired', 'cloud.unauthorized'],
    ['failing', 'cloud.failed'],
    ['slow', 'cloud.timed-out'],
  ])('%s strikes its API, call after call, and no other, until it is off', async (name, code) => {
    cloud = await startSimulatedCloud({ options: { requestTimeoutMs: name === 'slow' ? 200 : 5000 } });
    const { switches } = cloud.simulator;
    switches.throw(name, { on: true, api: 'DescribeVSwitches' });
    expect([await outcomeOf(vSwitches), await outcomeOf(vSwitches)]).toEqual([code, code]);
    expect(await outcomeOf(vpcs)).toBe('ok');
    expect(cloud.simulator.state().switches).toEqual({ [name]: { api: 'DescribeVSwitches' } });
    switches.throw(name, { on: false });
    expect(await outcomeOf(vSwitches)).toBe('ok');
    expect(cloud.simulator.state().switches).toEqual({});
  });

  it('without an API strikes any, and set to another leaves the first alone', async () => {
    cloud = await startSimulatedCloud();
    const { switches } = cloud.simulator;
    switches.throw('denied', { on: true });
    expect([await outcomeOf(vpcs), await outcomeOf(vSwitches)]).toEqual([
      'cloud.forbidden',
      'cloud.forbidden',
    ]);
    switches.throw('denied', { on: true, api: 'DescribeVpcs' });
    expect([await outcomeOf(vpcs), await outcomeOf(vSwitches)]).toEqual(['cloud.forbidden', 'ok']);
  });
});
