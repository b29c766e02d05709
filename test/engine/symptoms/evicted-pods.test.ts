import { describe, expect, it } from '@jest/globals';
import { checks } from '../../../src/checks/index.js';
import { list, text } from '../../../src/cluster/fields.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { pod } from '../../support/kube-pods.js';
import { judged, scenarioCluster } from '../../support/scenario-bases.js';

const EVICTED = 'The node was low on resource: ephemeral-storage.';
const WORDS = 'kubelet has disk pressure';
const put = (object: JsonObject, status: JsonObject): JsonObject => ({
  ...object,
  status: { ...(object.status as JsonObject), ...status },
});
const evict = (object: JsonObject): JsonObject =>
  put(object, { phase: 'Failed', reason: 'Evicted', message: EVICTED, conditions: [] });
const condition = (type: string, message: string): JsonObject => ({
  ...{ type, status: 'True', reason: `KubeletHas${type}`, message },
  lastTransitionTime: '2026-11-24T02:50:00Z',
});
const withCondition = (object: JsonObject, added: JsonObject): JsonObject =>
  put(object, {
    conditions: [
      ...list(object, 'status', 'conditions').filter((one) => text(one, 'type') !== added.type),
      added,
    ],
  });
const isNode = ({ kind, apiVersion }: JsonObject): boolean => kind === 'Node' && apiVersion === 'v1';

/** With `change` of the first pod whose name begins like that, and `pressed` of its node. */
async function problems(
  scenario: string,
  { who, add = [], pressed = WORDS }: { who: string; add?: readonly JsonObject[]; pressed?: string },
) {
  const cluster = await scenarioCluster(scenario);
  const all = [...cluster.objects, ...add];
  const chosen = all.find(
    (object) => object.kind === 'Pod' && text(object, 'metadata', 'name')?.startsWith(who),
  );
  const at = text(chosen, 'spec', 'nodeName');
  const objects = all.map((object) => {
    if (object === chosen && at !== undefined) return evict(object);
    const isThere = isNode(object) && (at === undefined || text(object, 'metadata', 'name') === at);
    return isThere && pressed !== '' ? withCondition(object, condition('DiskPressure', pressed)) : object;
  });
  const run = await judged({ ...cluster, objects }, { checks, symptoms: 'whole' });
  return run.checks.flatMap(({ findings }) => findings.filter(({ severity }) => severity === 'problem'));
}

const coredns = (name: string, node?: string): JsonObject =>
  pod(name, {
    ...{ namespace: 'kube-system', owner: 'coredns-6d9f7c5b48', ownerKind: 'ReplicaSet', ready: false },
    ...(node !== undefined && { node }),
  });
const TAINT =
  '0/4 nodes are available: 4 node(s) had untolerated taint {node.kubernetes.io/disk-pressure: }.';
const unscheduled = put(coredns('coredns-6d9f7c5b48-new'), {
  phase: 'Pending',
  conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: TAINT }],
});

describe('a pod of the network that a node without room put out', () => {
  it.each<[string, string, string, readonly JsonObject[], string]>([
    ['Terway', 'terway-datapath-v2', 'terway-eniip', [], EVICTED],
    ['Flannel', 'flannel-healthy', 'kube-flannel', [], EVICTED],
    ['kube-proxy', 'flannel-healthy', 'kube-proxy', [], EVICTED],
    [
      'CoreDNS, which no check accounts for',
      'flannel-healthy',
      'coredns',
      [coredns('coredns-6d9f7c5b48-x', 'cn-hangzhou.192.168.1.91')],
      EVICTED,
    ],
    ['CoreDNS, which no node takes', 'flannel-healthy', 'coredns', [unscheduled], TAINT],
  ])('is told with the words of both: %s', async (_of, scenario, who, add, own) => {
    const found = await problems(scenario, { who, add });
    expect(found).toHaveLength(1);
    const told = found.flatMap(({ evidence }) => evidence.map(({ value }) => value)).join('\n');
    expect(told).toContain(own);
    expect(found[0]?.message).toContain(own === TAINT ? 'disk-pressure' : 'Evicted');
    expect(told.split(WORDS)).toHaveLength(own === TAINT ? 4 : 2);
  });

  it('is told without, where that is over', async () => {
    const [found] = await problems('flannel-healthy', { who: 'kube-flannel', pressed: '' });
    expect(found?.evidence.map(({ value }) => value)).toEqual([`Evicted: ${EVICTED}`]);
  });
});

describe('of a node alone', () => {
  it.each([
    'DiskPressure',
    'MemoryPressure',
    'PIDPressure',
    'NTPProblem',
    'InodesPressure',
    'FrequentKubeletRestart',
  ])('%s is nothing of the network', async (type) => {
    const cluster = await scenarioCluster('flannel-healthy');
    const objects = cluster.objects.map((object) =>
      isNode(object) ? withCondition(object, condition(type, 'any')) : object,
    );
    const run = await judged({ ...cluster, objects }, { checks, symptoms: 'whole' });
    expect(run.symptoms).toEqual([]);
    expect(run.checks.filter(({ outcome }) => outcome === 'found')).toEqual([]);
  });
});
