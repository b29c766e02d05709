import { afterEach, describe, expect, it } from '@jest/globals';
import { expandScenario } from '../../../sandbox/cluster/expand/expand-scenario.js';
import { loadScenario } from '../../../sandbox/cluster/scenario.js';
import { examineCloud } from '../../../src/cli/doctor/examine-cloud.js';
import { probeCloud } from '../../../src/cli/doctor/probe-cloud.js';
import { cloudActionsOf } from '../../../src/cli/rbac.js';
import { readerOf } from '../../support/reader-of.js';
import {
  CANARY_KEY,
  type CloudSimulation,
  type SimulatedCloud,
  startSimulatedCloud,
} from '../../support/start-simulated-cloud.js';

let cloud: SimulatedCloud | undefined;
afterEach(() => cloud?.close());
const signal = new AbortController().signal;

async function examine(given: CloudSimulation = {}): Promise<readonly string[]> {
  cloud = await startSimulatedCloud(given);
  const scenario = await loadScenario('terway-datapath-v2');
  let id = 0;
  const { objects } = expandScenario({ scenario, now: new Date(), nextId: () => `${++id}` });
  const symptoms = await examineCloud({
    cloud: cloud.access,
    access: { name: 'cluster-x', reader: () => readerOf({ objects }) },
    actions: cloudActionsOf([]),
    signal,
    watch: () => performance.now(),
  });
  return symptoms.map(({ state, what }) => `${state}: ${what}`);
}

describe('acknet doctor on the cloud', () => {
  it('says who acknet is, that the cluster is the one, and how long the slowest call took', async () => {
    expect(await examine()).toEqual([
      'ok: cluster-x, cloud: acts as acs:ram::1234567890123456:user/acknet (account 1234567890123456)',
      'ok: cluster-x, cloud: vpc-bp1o8h2k5n7q9s3u6w0y4 holds the addresses of 6 nodes, so this is the cluster',
      expect.stringMatching(
        /^ok: cluster-x, cloud: may call all \d+ actions that checks need; the slowest, \S+, took \d+ ms$/,
      ),
    ]);
  });

  it.each(cloudActionsOf([]))('names %s where it is missing', async (missing) => {
    const lines = await examine({ actions: cloudActionsOf([]).filter((action) => action !== missing) });
    expect(lines).toContain(`fault: cluster-x, cloud: Cluster cluster-x: may not call ${missing}.`);
  });

  it('sees that the VPC is another one than the nodes are in', async () => {
    const lines = await examine({ cloud: { vpc: { cidr: '172.16.0.0/12' } } });
    expect(lines[1]).toMatch(
      /^fault: .* does not hold node address 10\.0\.34\.11, so c4f1\w+ is another cluster$/,
    );
  });

  it('sees that the region is another one', async () => {
    const lines = await examine({ cloud: { detail: { region_id: 'cn-beijing' } } });
    expect(lines[1]).toMatch(/^fault: .* is in cn-beijing, and the configuration says cn-hangzhou$/);
  });

  it('says once that the credential is not accepted, without the credential', async () => {
    const lines = await examine({
      options: {
        env: {
          ALIBABA_CLOUD_ACCESS_KEY_ID: CANARY_KEY.id,
          ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'another-secret',
        },
      },
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^fault: .*SignatureDoesNotMatch/);
    expect(lines.join()).not.toMatch(/another-secret|LTAI/);
  });

  it('names the clock where that is wrong', async () => {
    const lines = await examine({ options: { now: () => new Date(Date.now() - 3_600_000) } });
    expect(lines).toEqual([expect.stringMatching(/^fault: .*acknet’s clock is 3[56]\d\d s behind/)]);
  });
});

describe('acknet doctor --cloud --probe', () => {
  it('tells fields and words of every call, and no id, address or name', async () => {
    cloud = await startSimulatedCloud();
    const probes = await probeCloud(cloud.access.reader({ signal }), cloudActionsOf([]), () => 0);
    expect(probes.map(({ action }) => action)).toEqual(cloudActionsOf([]));
    const interfaces = probes.find(({ action }) => action === 'ecs:DescribeNetworkInterfaces');
    expect(interfaces?.fields).toContain('NetworkInterfaceId');
    expect(interfaces?.words?.Status).toEqual(['InUse']);
    expect(JSON.stringify(probes)).not.toMatch(/(?:eni|vsw|vpc|i)-bp1|10\.0\.|1234567890/);
  });

  it('asks for nothing but reads', async () => {
    cloud = await startSimulatedCloud();
    await probeCloud(cloud.access.reader({ signal }), cloudActionsOf([]), () => 0);
    expect(cloud.simulator.calls.filter((call) => !/:(?:Describe|List|Get)/.test(call))).toEqual([]);
  });
});
