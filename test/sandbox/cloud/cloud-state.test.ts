import { afterEach, describe, expect, it } from '@jest/globals';
import { networkInterfaces } from '../../../src/cloud/views/network-interface.js';
import { vSwitches } from '../../../src/cloud/views/v-switch.js';
import { type SimulatedCloud, startSimulatedCloud } from '../../support/start-simulated-cloud.js';

let cloud: SimulatedCloud;
afterEach(() => cloud.close());

const reader = () => cloud.access.reader({ signal: new AbortController().signal });

describe('what the page shows of an account', () => {
  it('is what a client is told: vSwitches with what is free, and every ENI once', async () => {
    cloud = await startSimulatedCloud({ scenario: 'terway-exhausted', cloud: { interfaces: [loose] } });
    const state = cloud.simulator.state();
    const listed = (await reader().read(vSwitches, {})).items;
    expect(state.vSwitches).toEqual(
      listed.map(({ id, zone, cidr, free }) => expect.objectContaining({ id, zone, cidr, free })),
    );
    const cards = (await reader().read(networkInterfaces, {})).items;
    const onNodes = state.nodes.reduce((sum, { interfaces }) => sum + interfaces, 0);
    expect(onNodes + state.loose.length).toBe(cards.length);
    expect(state.nodes.reduce((sum, { addresses }) => sum + addresses, 0)).toBe(
      cards.reduce((sum, { addresses }) => sum + addresses, 0),
    );
    expect(state.loose).toEqual([{ id: loose.id, vSwitch: loose.vSwitch, status: 'Available' }]);
  });

  it('names the ways out, the routes and the rules of security groups', async () => {
    cloud = await startSimulatedCloud({
      scenario: 'flannel-healthy',
      cloud: {
        natGateways: [{ id: 'ngw-a', snat: [{ cidr: '192.168.0.0/16' }, { vSwitch: 'vsw-a' }] }],
        routeTables: [
          { id: 'vtb-a', podRoutes: true, routes: [{ to: '0.0.0.0/0', hop: 'NatGateway', id: 'ngw-a' }] },
          { id: 'vtb-b', type: 'Custom', vSwitches: [] },
        ],
        securityGroups: [
          { id: 'sg-a', rules: [{ policy: 'Drop', protocol: 'TCP', ports: '443/443', cidr: '10.0.0.0/8' }] },
        ],
      },
    });
    const { natGateways, routeTables, securityGroups, nodes } = cloud.simulator.state();
    expect(natGateways).toEqual([{ id: 'ngw-a', network: 'internet', snat: ['192.168.0.0/16', 'vsw-a'] }]);
    expect(routeTables).toMatchObject([
      { id: 'vtb-a', type: 'System', vSwitches: 1 },
      { id: 'vtb-b', type: 'Custom', vSwitches: 0, routes: [] },
    ]);
    expect(routeTables[0]?.routes).toHaveLength(nodes.length + 1);
    expect(routeTables[0]?.routes).toContain('0.0.0.0/0 → NatGateway ngw-a');
    expect(securityGroups.find(({ id }) => id === 'sg-a')?.rules).toEqual([
      'Drop ingress TCP 443/443 from 10.0.0.0/8, priority 1',
    ]);
  });

  it('counts how the calls of each API ended, and tells of each', async () => {
    cloud = await startSimulatedCloud();
    const { simulator } = cloud;
    let told = 0;
    const stop = simulator.onChange(() => {
      told += 1;
    });
    simulator.faults.add({ api: 'DescribeVSwitches', effect: { kind: 'throttled' } });
    await reader().read(vSwitches, {});
    const calls = simulator.state().calls.filter(({ api }) => api !== 'sts:GetCallerIdentity');
    expect(calls).toEqual([{ api: 'vpc:DescribeVSwitches', outcomes: { 'Throttling.User': 1, ok: 1 } }]);
    expect(told).toBe(3);
    stop();
    await reader().read(vSwitches, {});
    expect(told).toBe(3);
  });
});

const loose = { id: 'eni-bp1loose', vSwitch: 'vsw-bp1a4c7e9g2i5k8m1o3q6' };
