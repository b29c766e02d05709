import { afterEach, describe, expect, it } from '@jest/globals';
import { scenarioNames } from '../../sandbox/demo/start-world.js';
import { clusterDetails } from '../../src/cloud/views/cluster-detail.js';
import { networkInterfaces } from '../../src/cloud/views/network-interface.js';
import { vSwitches } from '../../src/cloud/views/v-switch.js';
import { loadScenario } from '../../sandbox/cluster/scenario.js';
import { type SimulatedCloud, startSimulatedCloud } from '../support/start-simulated-cloud.js';

let cloud: SimulatedCloud | undefined;
afterEach(() => cloud?.close());

/** Ids in the profile of the cluster, whichever of its forms it has. */
async function idsInProfile(name: string): Promise<readonly string[]> {
  const { configMaps } = await loadScenario(name);
  const profiles = configMaps.filter((map) => /^ac(k-cluster|s)-profile$/.test(map.name));
  const ids = profiles.flatMap(({ data }) => [data['vsw-zone'] ?? '', data.vSwitchIds ?? '']);
  return ids.join(',').match(/vsw-[a-z0-9]+/g) ?? [];
}

describe.each(await scenarioNames())('the account of %s', (scenario) => {
  it('has every vSwitch that the cluster names for its nodes, with the nodes’ own cards in it', async () => {
    const named = await idsInProfile(scenario);
    expect(named).not.toEqual([]);
    cloud = await startSimulatedCloud({ scenario });
    const reader = cloud.access.reader({ signal: new AbortController().signal });
    const listed = (await reader.read(vSwitches, {})).items;
    expect(listed.map(({ id }) => id)).toEqual(expect.arrayContaining([...named]));
    expect(new Set(listed.map(({ id }) => id)).size).toBe(listed.length);
    expect((await reader.read(clusterDetails)).items[0]?.vSwitches).toEqual(named);
    const cards = (await reader.read(networkInterfaces, { Type: 'Primary' })).items;
    expect([...new Set(cards.map(({ vSwitch }) => vSwitch))].sort()).toEqual([...named].sort());
  });

  it('counts the addresses of the nodes’ cards as taken', async () => {
    cloud = await startSimulatedCloud({ scenario });
    const reader = cloud.access.reader({ signal: new AbortController().signal });
    const cards = (await reader.read(networkInterfaces, {})).items;
    const [id] = await idsInProfile(scenario);
    const found = (await reader.read(vSwitches, { VSwitchId: id })).items[0];
    const size = 2 ** (32 - Number(found?.cidr.split('/')[1]));
    const held = cards.filter(({ vSwitch }) => vSwitch === id).map(({ addresses }) => addresses);
    expect(held.length).toBeGreaterThan(0);
    expect(found?.free).toBe(size - 4 - held.reduce((sum, one) => sum + one, 0));
  });
});
