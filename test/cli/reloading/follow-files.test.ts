import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { followFiles, readConfiguration } from '../../../src/cli/reloading/follow-files.js';
import { noClouds } from '../../../src/cloud/ports.js';
import { createClusters } from '../../../src/cluster/kube/connecting/create-clusters.js';
import type { ClusterAccess } from '../../../src/cluster/ports.js';
import { configMaps } from '../../../src/cluster/views/config-map.js';
import type { Config, FileConfig } from '../../../src/config/config.js';
import { createMetrics } from '../../../src/ops/metrics.js';
import { patience } from '../../support/patience.js';
import { quietLogger } from '../../support/quiet-logger.js';
import { type SimulatedCluster, startSimulatedCluster } from '../../support/start-simulated-cluster.js';
import { waitFor } from '../../support/wait-for.js';

const reads = [{ group: '', resource: 'configmaps', verbs: ['get', 'list'] as const }];
let one: SimulatedCluster;
let other: SimulatedCluster;
beforeAll(async () => {
  one = await startSimulatedCluster('flannel-healthy', { reads });
  other = await startSimulatedCluster('terway-exhausted', { reads });
});
afterAll(() => Promise.all([one.close(), other.close()]));

let folder: string;
let stopping: AbortController;
beforeEach(async () => {
  stopping = new AbortController();
  folder = await mkdtemp(path.join(tmpdir(), 'acknet-reload-'));
  await publish('first', {
    'acknet.yaml': acknetYaml('U0ANA'),
    'kube.yaml': one.simulator.kubeconfig('reader'),
  });
});
afterEach(async () => {
  stopping.abort();
  await rm(folder, { recursive: true });
});

const acknetYaml = (approver: string, more = ''): string =>
  `clusters: {x: {kubeconfig: kube.yaml, approvers: {users: [${approver}]}}${more}}\n`;

/** As a kubelet publishes a ConfigMap or a Secret: a new folder, and a link that is swapped to lead there. */
async function publish(version: string, files: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(path.join(folder, version));
  for (const [name, text] of Object.entries(files)) {
    await writeFile(path.join(folder, version, name), text);
    await symlink(path.join('..data', name), path.join(folder, name)).catch(() => undefined);
  }
  await symlink(version, path.join(folder, '..data_tmp'));
  await rename(path.join(folder, '..data_tmp'), path.join(folder, '..data'));
}

async function follow() {
  const logger = quietLogger();
  const env = {
    ACKNET_CONFIG: path.join(folder, 'acknet.yaml'),
    ...{ SLACK_BOT_TOKEN: 'xoxb-1-test', SLACK_APP_TOKEN: 'xapp-1-test' },
  };
  const open = async ({ clusters }: FileConfig) => ({
    clusters: createClusters(clusters, { requestTimeoutMs: patience(1000), readNow: true }),
    clouds: noClouds,
  });
  const runtime = { stop: stopping.signal, lookEveryMs: 5 };
  const started = await readConfiguration({ env });
  const followed = await followFiles(started, { open, logger, metrics: createMetrics(), runtime });
  const said = (part: string) => logger.lines.filter(({ message }) => message.includes(part));
  return {
    ...followed,
    said,
    reloaded: () => waitFor('the reload', () => said('configuration reloaded').length > 0),
  };
}

const approver = ({ clusters }: Config): string | undefined => clusters.x?.approvers.users[0];
const namesOf = async (access: ClusterAccess) =>
  (
    await access.reader(AbortSignal.timeout(patience(5000))).list(configMaps, { namespace: 'kube-system' })
  ).map(({ name }) => name);

describe('files that change while acknet runs', () => {
  it('are taken up when a projected volume swaps its link: approvers, clusters, credentials', async () => {
    const { config, clusters, reloaded } = await follow();
    expect(approver(config)).toBe('U0ANA');
    const before = clusters.get('x');
    const seenBefore = await namesOf(before);
    expect(seenBefore).toContain('kube-flannel-cfg');

    await publish('second', {
      'acknet.yaml': acknetYaml('U0BO', ', y: {}'),
      'kube.yaml': other.simulator.kubeconfig('reader'),
    });
    await reloaded();
    expect(approver(config)).toBe('U0BO');
    expect(clusters.names).toEqual(['x', 'y']);
    expect(await namesOf(clusters.get('x'))).toContain('eni-config');
    // What a running job holds stays what it was.
    expect(await namesOf(before)).toEqual(seenBefore);
  });

  it.each([
    ['acknet.yaml', ': {', 'expected a YAML mapping'],
    [
      'acknet.yaml',
      'clusters: {x: {kubeconfig: kube.yaml, aprovers: {}}}',
      'clusters.x.aprovers: unknown key',
    ],
    ['kube.yaml', 'apiVersion: v1', 'Cluster x: '],
    ['kube.yaml', '', 'Cluster x: '],
  ])('are refused with what is wrong where %s comes to hold "%s"', async (name, text, part) => {
    const { config, clusters, said, reloaded } = await follow();
    await writeFile(path.join(folder, name), text);
    await waitFor('the refusal', () => said('refused').length > 0);
    expect(JSON.stringify(said('refused'))).toContain(part);
    expect(approver(config)).toBe('U0ANA');
    expect(await namesOf(clusters.get('x'))).toContain('kube-flannel-cfg');

    await publish('third', {
      'acknet.yaml': acknetYaml('U0EVE'),
      'kube.yaml': one.simulator.kubeconfig('reader'),
    });
    await reloaded();
    expect(approver(config)).toBe('U0EVE');
    expect(said('refused')).toHaveLength(1);
  });

  it('take a restart where they hold other limits, which is said', async () => {
    const { config, said, reloaded } = await follow();
    await writeFile(path.join(folder, 'acknet.yaml'), `${acknetYaml('U0BO')}checks: {perCluster: 9}\n`);
    await reloaded();
    expect(approver(config)).toBe('U0BO');
    expect(config.checks.perCluster).toBe(2);
    expect(said('take a restart')).toEqual([
      { level: 'warn', data: { keys: ['checks'] }, message: 'changed keys of acknet.yaml take a restart' },
    ]);
  });
});
