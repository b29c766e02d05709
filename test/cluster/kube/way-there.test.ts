import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { createClusters } from '../../../src/cluster/kube/connecting/create-clusters.js';
import { configMaps } from '../../../src/cluster/views/config-map.js';
import { patience } from '../../support/patience.js';
import { type ConnectProxy, startConnectProxy } from '../../support/start-connect-proxy.js';
import { type SimulatedCluster, startSimulatedCluster } from '../../support/start-simulated-cluster.js';

interface Kubeconfig {
  readonly clusters: { readonly cluster: Record<string, unknown> }[];
}

const reads = [{ group: '', resource: 'configmaps', verbs: ['get', 'list'] as const }];
let simulated: SimulatedCluster;
let proxy: ConnectProxy;
let folder: string;
beforeAll(async () => {
  simulated = await startSimulatedCluster('flannel-healthy', { reads });
  proxy = await startConnectProxy();
  folder = await mkdtemp(path.join(tmpdir(), 'acknet-way-'));
});
afterAll(async () => {
  await simulated.close();
  await proxy.close();
  await rm(folder, { recursive: true });
});

/** Reads by the reader's kubeconfig, with other words about the way to the server. */
async function read(change: (cluster: Record<string, unknown>) => Record<string, unknown>): Promise<number> {
  const kubeconfig = parse(simulated.simulator.kubeconfig('reader')) as Kubeconfig;
  const changed = kubeconfig.clusters.map((entry) => ({ ...entry, cluster: change(entry.cluster) }));
  const file = path.join(folder, 'kube.yaml');
  await writeFile(file, stringify({ ...kubeconfig, clusters: changed }));
  const clusters = createClusters(
    { x: { kubeconfig: file } },
    { requestTimeoutMs: patience(1000), retries: 0 },
  );
  const reader = clusters.get('x').reader(AbortSignal.timeout(patience(5000)));
  try {
    return (await reader.list(configMaps, { namespace: 'kube-system' })).length;
  } finally {
    await clusters.close();
  }
}

const caOf = (cluster: Record<string, unknown>): Buffer =>
  Buffer.from(String(cluster['certificate-authority-data']), 'base64');

describe('the way to an API server whose certificate a private CA signed', () => {
  it('is by the CA in the kubeconfig, or in a file beside it', async () => {
    expect(await read((cluster) => cluster)).toBeGreaterThan(0);
    const inFile = ({ 'certificate-authority-data': _, ...cluster }: Record<string, unknown>) => ({
      ...cluster,
      'certificate-authority': 'ca.pem',
    });
    const { clusters } = parse(simulated.simulator.kubeconfig('reader')) as Kubeconfig;
    const original = clusters[0]?.cluster ?? {};
    await writeFile(path.join(folder, 'ca.pem'), caOf(original));
    const changed = inFile(original);
    expect(await read(() => changed)).toBeGreaterThan(0);
  });

  it('ends where no CA is named: it is not trusted', async () => {
    await expect(read(({ 'certificate-authority-data': _, ...cluster }) => cluster)).rejects.toMatchObject({
      code: 'cluster.unreachable',
      message: expect.stringMatching(/certificate|SELF_SIGNED|UNABLE_TO/i),
    });
  });

  it('goes through the proxy of the kubeconfig, which sees the address and no more', async () => {
    const before = proxy.asked.length;
    expect(await read((cluster) => ({ ...cluster, 'proxy-url': proxy.url }))).toBeGreaterThan(0);
    const { clusters } = parse(simulated.simulator.kubeconfig('reader')) as Kubeconfig;
    const host = new URL(String(clusters[0]?.cluster.server)).host;
    expect(proxy.asked.slice(before)).toEqual([host]);
  });

  it('ends at once, in the words of the proxy, where the proxy does not get there', async () => {
    const server = 'https://127.0.0.1:1';
    await expect(read((cluster) => ({ ...cluster, server, 'proxy-url': proxy.url }))).rejects.toMatchObject({
      code: 'cluster.unreachable',
      message: expect.stringContaining('the proxy answered 502'),
    });
  });

  it('ends where that proxy is away: nothing goes past it', async () => {
    const gone = await startConnectProxy();
    await gone.close();
    await expect(read((cluster) => ({ ...cluster, 'proxy-url': gone.url }))).rejects.toMatchObject({
      code: 'cluster.unreachable',
    });
  });
});
