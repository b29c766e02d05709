import { terwayEniMode } from '../../../src/checks/terway/terway-eni-mode.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { describeCheck } from '../../support/describe-check.js';
import { daemonSet, fixture, node } from '../../support/kube-objects.js';

const set = fixture('01-daemonset-terway-eniip');
const LABEL = 'k8s.aliyun.com/exclusive-mode-eni-type';
const host = (name: string, pool: string, more: { exclusive?: boolean; eni?: boolean } = {}): JsonObject => {
  const labels = { 'alibabacloud.com/nodepool-id': pool, ...(more.exclusive && { [LABEL]: 'eniOnly' }) };
  const made = node(name, { labels });
  const allocatable = { pods: '64', ...(more.eni && { 'aliyun/eni': '7' }) };
  return { ...made, status: { ...(made.status as JsonObject), allocatable } };
};
const refusedPod = (on: string): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'terway-eniip-x1',
    namespace: 'kube-system',
    ownerReferences: [{ kind: 'DaemonSet', name: 'terway-eniip', controller: true }],
  },
  spec: { nodeName: on, initContainers: [{ name: 'terway-init', image: 'acs/terway:v1.15.3' }] },
  status: {
    phase: 'Pending',
    initContainerStatuses: [
      {
        name: 'terway-init',
        state: { waiting: { reason: 'CrashLoopBackOff', message: 'exclusive eni mode changed' } },
      },
    ],
  },
});

describeCheck(terwayEniMode, {
  'stays quiet about shared pools': { objects: [set, host('n1', 'np-a')], outcome: 'clear' },
  'stays quiet about an exclusive pool beside a shared one': {
    objects: [set, host('n1', 'np-a'), host('n2', 'np-b', { exclusive: true, eni: true })],
    outcome: 'clear',
  },
  'knows the old DaemonSet as exclusive everywhere': {
    objects: [daemonSet('terway-eni', 'acs/terway:v1.4.3'), host('n1', 'np-a')],
    outcome: 'clear',
  },
  'finds a pool that mixes both': {
    objects: [set, host('n1', 'np-a'), host('n2', 'np-a', { exclusive: true, eni: true })],
    outcome: 'found',
    finds: [
      'mixedPool: Node pool np-a mixes exclusive (1) and shared (1) ENI nodes; the mode belongs to the pool and holds for new nodes only.',
    ],
    evidence: ['Node n2, label k8s.aliyun.com/exclusive-mode-eni-type: eniOnly'],
  },
  'takes nodes that are in no pool for no pool': {
    objects: [set, node('n1'), node('n2', { labels: { [LABEL]: 'eniOnly' } })],
    outcome: 'clear',
  },
  'finds a node whose mode was changed after it joined': {
    objects: [set, host('n1', 'np-a', { exclusive: true, eni: true }), refusedPod('n1')],
    outcome: 'found',
    finds: [
      'changed: The ENI mode of node n1 was changed after it joined, which Terway refuses: its pod there cannot start. The mode is fixed for a node; put it back, or replace the node.',
    ],
    evidence: ['exclusive eni mode changed'],
  },
  'advises on a label without effect': {
    objects: [set, host('n1', 'np-a', { exclusive: true })],
    outcome: 'clear',
    finds: [
      'labelIgnored: Node n1 is labelled for exclusive ENI but offers no aliyun/eni resource, so Terway runs it in shared mode.',
    ],
  },
  'does not apply to Flannel': {
    objects: [fixture('06-daemonset-kube-flannel-ds')],
    outcome: 'not-applicable',
  },
  'cannot tell when nodes may not be listed': {
    objects: [set],
    forbidden: ['nodes'],
    outcome: 'unknown',
    says: 'nodes',
  },
});
