import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CloudState } from '../../../sandbox/cloud/shown/cloud-state.js';
import { loadScenario } from '../../../sandbox/cluster/scenario.js';
import { scenarioNames, startWorld, type World } from '../../../sandbox/demo/start-world.js';
import { contains, type Cidr, parseCidr } from '../../../src/checks/cidr.js';

const names = await scenarioNames();
let world: World;
beforeAll(async () => {
  world = await startWorld({
    clusters: Object.fromEntries(names.map((name) => [name, name])),
    grants: { reads: [], writes: [], cloud: [] },
    redisUrl: process.env.ACKNET_TEST_REDIS_URL,
    now: () => new Date(),
  });
});
afterAll(() => world.close());

const cloudOf = (name: string): CloudState => world.clouds.get(name)?.state() as CloudState;
const blocksOf = (name: string) => cloudOf(name).vpc.cidrs.map((cidr) => parseCidr(cidr) as Cidr);
const within = (name: string, address: string) => blocksOf(name).some((block) => contains(block, address));

describe('the accounts of the demo', () => {
  it('are one a cluster: acknet keeps answers by account', () => {
    expect(new Set(names.map((name) => cloudOf(name).account)).size).toBe(names.length);
  });

  it.each(names)(
    '%s lies in the VPC that its own objects name, vSwitches and nodes and all',
    async (name) => {
      const { configMaps } = await loadScenario(name);
      const named = configMaps.flatMap(({ data }) => data.vpcid ?? data.vpcId ?? []);
      expect(named).toContain(cloudOf(name).vpc.id);
      const { vSwitches } = cloudOf(name);
      expect(vSwitches.filter(({ cidr }) => !within(name, cidr.split('/')[0] ?? ''))).toEqual([]);
      const nodes = world.clusters
        .get(name)
        ?.state()
        .nodes.map((node) => node.name.split('.').slice(1).join('.'));
      expect(nodes?.filter((address) => !within(name, address))).toEqual([]);
    },
  );

  it.each(names)('%s has a full table, or a second one, where its events say so', async (name) => {
    const { events } = await loadScenario(name);
    const said = events.map(({ message }) => message).join('\n');
    const tables = cloudOf(name).routeTables;
    if (/multiple route tables found/.test(said)) expect(tables.length).toBeGreaterThan(1);
    if (/quota of route entries is exceeded/.test(said))
      expect(Math.max(...tables.map(({ routes }) => routes.length))).toBe(200);
  });
});
