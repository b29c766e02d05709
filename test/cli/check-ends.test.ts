import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { cloudConfigOf } from '../../sandbox/cloud/start-cloud-beside.js';
import { loadScenario } from '../../sandbox/cluster/scenario.js';
import { cloudActionsOf, readerRules } from '../../src/cli/rbac.js';
import { type CliResult, runCli } from '../support/run-cli.js';
import { CANARY_KEY, type SimulatedCloud, startCloudOf } from '../support/start-simulated-cloud.js';
import { type SimulatedCluster, startSimulatedCluster } from '../support/start-simulated-cluster.js';

interface Stand {
  readonly cluster: SimulatedCluster;
  readonly cloud: SimulatedCloud;
  readonly folder: string;
  check(...args: string[]): Promise<CliResult>;
}

let stand: Stand | undefined;
afterEach(async () => {
  await stand?.cloud.close();
  await stand?.cluster.close();
  if (stand !== undefined) await rm(stand.folder, { recursive: true });
  stand = undefined;
});

/** A cluster and its account, as acknet.yaml names them, with what `acknet rbac` prints and no more. */
async function open(name: string, without?: string): Promise<Stand> {
  const scenario = await loadScenario(name);
  const cluster = await startSimulatedCluster(name, { reads: readerRules(['security-groups']) });
  const granted = cloudActionsOf(['security-groups']).filter((action) => action !== without);
  const cloud = await startCloudOf(cluster.simulator, scenario, granted);
  if (cloud === undefined) throw new TypeError(`${name} has no account`);
  const folder = await mkdtemp(path.join(tmpdir(), 'acknet-ends-'));
  const file = path.join(folder, 'acknet.yaml');
  const { clusterId, region, endpoints } = cloudConfigOf(scenario, cloud.simulator);
  const entry = { kubeconfig: cluster.kubeconfigs.reader, cloud: { clusterId, region, endpoints } };
  await writeFile(file, JSON.stringify({ clusters: { 'cluster-x': entry } }));
  const env = {
    ACKNET_CONFIG: file,
    ALIBABA_CLOUD_ACCESS_KEY_ID: CANARY_KEY.id,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: CANARY_KEY.secret,
  };
  const made = {
    cluster,
    cloud,
    folder,
    check: (...args: string[]) => runCli(['check', 'cluster-x', ...args], env),
  };
  stand = made;
  return made;
}

const ends = ['--from', 'shop/biller', '--to', 'i-bp1l3e5g7a9c1y3d5b7s', '--port', '5432'];

describe('acknet check between two ends', () => {
  it('says which rule of which group drops, and asks nothing else of the account', async () => {
    const { check, cloud } = await open('cloud-group-drops');
    cloud.simulator.pagesOf(2);
    const { code, stdout } = await check(...ends);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^cluster-x \(TCP 5432 from shop\/biller to i-bp1l3e5g7a9c1y3d5b7s\): /);
    expect(stdout).toContain(
      'Drop by an ingress rule of sg-bp1d2a4t6a8b0a2s4e6s: priority 10, Drop, TCP 1/65535, from 10.0.40.0/21',
    );
    expect(stdout).toContain('is Stopped, not Running');
    expect([...new Set(cloud.simulator.calls)].sort()).toEqual([
      ...cloudActionsOf(['security-groups']),
      'sts:GetCallerIdentity',
    ]);
  });

  it('rules it out where the rules of both ends accept, and shows them', async () => {
    const { check } = await open('cloud-group-accepts');
    const { code, stdout } = await check(...ends);
    expect(code).toBe(0);
    expect(stdout).toContain('1 check clear');
    expect(stdout).toMatch(
      /egress at pod shop\/biller \(eni-\w+\): Accept by an egress rule of sg-bp1p2o4d6s8o0w2n4x/,
    );
    expect(stdout).toContain(
      'Accept by an ingress rule of sg-bp1d2a4t6a8b0a2s4e6s: priority 10, Accept, TCP 5432/5432',
    );
  });

  it('drops a port that no rule accepts, whatever the prefix list holds that drops too', async () => {
    const { check } = await open('cloud-group-accepts');
    const { code, stdout } = await check(...ends.slice(0, 4), '--port', '22/tcp');
    expect(code).toBe(1);
    expect(stdout).toContain('no ingress rule of sg-bp1d2a4t6a8b0a2s4e6s is about it');
  });

  it('cannot tell across VPCs, and says so with exit code 2', async () => {
    const { check } = await open('cloud-group-other-vpc');
    const { code, stdout } = await check(...ends.slice(0, 4));
    expect(code).toBe(2);
    expect(stdout).toContain('vpc-bp1o0t1h2e3r4v5p6c7');
  });

  it.each(cloudActionsOf(['security-groups']))('cannot tell without %s, and names it', async (missing) => {
    const { check } = await open('cloud-group-accepts', missing);
    const { code, stdout } = await check(...ends);
    expect([code, stdout]).toEqual([2, expect.stringContaining(`may not call ${missing}`)]);
  });

  it('refuses a pod that is not there, with the nearest name, and asks the account nothing', async () => {
    const { check, cloud } = await open('cloud-group-accepts');
    const { code, stderr } = await check('--from', 'shop/bilelr', '--to', '10.0.60.9');
    expect(code).toBe(64);
    expect(stderr).toContain('cluster-x has no pod "shop/bilelr", so nothing was checked.');
    expect(stderr).toContain('Did you mean shop/biller?');
    expect(cloud.simulator.calls).toEqual([]);
  });
});
