import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { kinds } from '../../sandbox/cluster/api/objects/kinds.js';
import { addFlannelCniVersion } from '../../src/remediations/flannel/add-flannel-cni-version.js';
import { restartKubeProxy } from '../../src/remediations/kube-proxy/restart-kube-proxy.js';
import { drainNode } from '../../src/remediations/node/drain-node.js';
import { CONF } from '../remediations/kube-proxy/kube-proxy-objects.js';
import { openServerCluster } from '../support/api-server/open-server-cluster.js';
import { bareServer } from '../support/api-server/open-test-cluster.js';
import { describeRemediation } from '../support/describe-remediation.js';
import { type SimulatedCluster, startSimulatedCluster } from '../support/start-simulated-cluster.js';

const bare = ['a bare simulated API server'] as const;
const about = { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-flannel-cfg' };
const proxy = { namespace: 'kube-system', name: 'kube-proxy-worker' };

describeRemediation(
  addFlannelCniVersion,
  {
    scenario: 'flannel-broken',
    finding: { id: 'flannel-cni-version.missing', check: 'flannel-cni-version', about },
    diff: ['+  "cniVersion": "0.3.0",'],
    says: '5 of 5 nodes are Ready',
    objects: [about],
  },
  bare,
);
describeRemediation(
  restartKubeProxy,
  {
    scenario: 'flannel-healthy',
    edits: [
      {
        ref: { kind: 'ConfigMap', ...proxy },
        merge: () => ({ data: { 'config.conf': `${CONF}# edited\n` } }),
      },
    ],
    finding: {
      id: 'kube-proxy-config.notApplied',
      check: 'kube-proxy-config',
      about: { kind: 'DaemonSet', ...proxy },
    },
    diff: [],
    saysWithoutLogs: 'Not every log says which proxier runs',
  },
  bare,
);
describeRemediation(
  drainNode,
  {
    scenario: 'flannel-healthy',
    target: { kind: 'Node', name: 'cn-hangzhou.192.168.1.91' },
    diff: ['-spec.unschedulable: false', '+spec.unschedulable: true'],
  },
  bare,
);

describe('a server that is lent to the suite', () => {
  let server: SimulatedCluster;
  beforeEach(async () => {
    server = await startSimulatedCluster('flannel-healthy', { bare: true });
  });
  afterEach(() => server.close());

  const open = () =>
    openServerCluster({ ...bareServer(server), scenario: 'flannel-healthy', reads: [], writes: [] });
  const held = () =>
    kinds
      .filter(({ kind, viewOf }) => !viewOf && kind !== 'Namespace')
      .flatMap((kind) => server.simulator.store.all(kind).map(({ metadata }) => metadata))
      .map((metadata) => (metadata as { name: string }).name);
  const create = (name: string) =>
    server.simulator.store.create(server.simulator.kind('ConfigMap'), {
      ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'kube-system', name } },
    });

  it('is left as it was', async () => {
    create('acknet-test-cluster');
    const cluster = await open();
    expect(held().length).toBeGreaterThan(20);
    await cluster.close();
    expect(held()).toEqual(['acknet-test-cluster']);
  });

  it('is not touched without the marker', async () => {
    await expect(open()).rejects.toThrow('kubectl -n kube-system create configmap acknet-test-cluster');
    expect(server.simulator.writes).toEqual([]);
  });

  it('is not touched where it has nodes of its own', async () => {
    create('acknet-test-cluster');
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'somebody-s' } };
    server.simulator.store.create(server.simulator.kind('Node'), node);
    await expect(open()).rejects.toThrow('nodes of its own (somebody-s)');
    expect(server.simulator.writes).toEqual([]);
  });

  it('is waited for where the storage of a definition that was just made is not there yet', async () => {
    const young = await startSimulatedCluster('terway-datapath-v2', { bare: true });
    try {
      const message = 'storage is (re)initializing';
      const path = /network\.alibabacloud\.com\/v1beta1\/(?:nodes|podenis)/;
      young.simulator.faults.add({ path, times: 4, effect: { kind: 'status', status: 429, message } });
      const { store } = young.simulator;
      store.create(young.simulator.kind('ConfigMap'), {
        ...{ apiVersion: 'v1', kind: 'ConfigMap' },
        metadata: { namespace: 'kube-system', name: 'acknet-test-cluster' },
      });
      const options = { scenario: 'terway-datapath-v2', reads: [], writes: [] };
      const cluster = await openServerCluster({ ...bareServer(young), ...options });
      const terwayNodes = kinds.find(({ kind, crd }) => kind === 'Node' && crd);
      expect(terwayNodes && store.all(terwayNodes).length).toBeGreaterThan(0);
      await cluster.close();
    } finally {
      await young.close();
    }
  });

  it('is left closed, with the first fault told, where putting the scenario in fails', async () => {
    create('acknet-test-cluster');
    const refusal = { kind: 'status', status: 422, message: 'no such pods here' } as const;
    server.simulator.faults.add({ method: 'POST', path: /daemonsets/, effect: refusal });
    await expect(open()).rejects.toThrow('no such pods here');
    expect(held()).toEqual(['acknet-test-cluster']);
  });

  it('keeps what is there already, and is not used then', async () => {
    create('acknet-test-cluster');
    create('kube-flannel-cfg');
    await expect(open()).rejects.toThrow('already has ConfigMap kube-system/kube-flannel-cfg');
    expect(held().sort()).toEqual(['acknet-test-cluster', 'kube-flannel-cfg']);
  });
});
