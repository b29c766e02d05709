import { terwayPodCapacity } from '../../../src/checks/terway/terway-pod-capacity.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { describeCheck } from '../../support/describe-check.js';
import { daemonSet, fixture } from '../../support/kube-objects.js';
import { eniConfigMap, host, pod, terwayNode, terwayPod } from '../../support/terway-objects.js';

const set = fixture('01-daemonset-terway-eniip');
const holds = (capacity: number, name = 'n1'): JsonObject =>
  host(name, { annotations: { 'k8s.aliyun.com/max-available-ip': String(capacity) } });
const running = (count: number, on = 'n1'): JsonObject[] =>
  Array.from({ length: count }, (_, index) =>
    pod(`${on}-p${index}`, { node: on, ip: `10.0.40.${index + 2}` }),
  );
const EXCLUSIVE = { 'k8s.aliyun.com/exclusive-mode-eni-type': 'eniOnly' };
const atLimit = (node: string): string =>
  `atLimit: 1 node carries all the pods its ENIs have addresses for: ${node}.`;

describeCheck(terwayPodCapacity, {
  'stays quiet about a node with room': {
    objects: [set, eniConfigMap(), holds(10), ...running(5)],
    outcome: 'clear',
  },
  'counts neither host-network pods nor ended ones': {
    objects: [
      set,
      eniConfigMap(),
      holds(2),
      ...running(1),
      pod('agent', { hostNetwork: true, ip: '10.0.34.17' }),
      pod('job', { phase: 'Succeeded', ip: '10.0.40.9' }),
    ],
    outcome: 'clear',
  },
  'counts no pod that has an ENI of its own behind the trunk': {
    objects: [
      set,
      eniConfigMap(),
      holds(2),
      ...running(1),
      pod('db-0', { ip: '10.2.1.4', annotations: { 'k8s.aliyun.com/pod-eni': 'true' } }),
    ],
    outcome: 'clear',
  },
  'advises on a node that is nearly full': {
    objects: [set, eniConfigMap(), holds(10), ...running(9)],
    outcome: 'clear',
    finds: ['nearly: 1 node carries 90 % or more of the pods its ENIs have addresses for: n1.'],
    evidence: ['annotation k8s.aliyun.com/max-available-ip, and pods of n1: 9 of 10'],
  },
  'advises on a full node where nothing waits': {
    objects: [set, eniConfigMap(), holds(3), ...running(3)],
    outcome: 'clear',
    finds: [atLimit('n1')],
  },
  'finds a full node where pods wait': {
    objects: [set, eniConfigMap(), holds(3), ...running(3), pod('web-9'), pod('web-10')],
    outcome: 'found',
    finds: [
      'full: 1 node carries all the pods its ENIs have addresses for, and 2 pods wait there: n1. More nodes, or an instance type with more ENIs.',
    ],
    evidence: ['3 of 3'],
  },
  'blames no capacity for pods that wait on a node with room': {
    objects: [set, eniConfigMap(), holds(3), ...running(2), pod('web-9')],
    outcome: 'clear',
  },
  "prefers the node's own figures to an annotation that some versions write wrongly": {
    objects: [
      set,
      eniConfigMap(),
      holds(90),
      terwayNode('n1', { adapters: 2, perAdapter: 3 }),
      ...running(3),
    ],
    outcome: 'clear',
    finds: [atLimit('n1')],
    evidence: ['(spec.nodeCap.adapters - 1) x ipv4PerAdapter'],
  },
  'counts ENIs on an exclusive node': {
    objects: [
      set,
      eniConfigMap(),
      host('n1', { labels: EXCLUSIVE, allocatable: { 'aliyun/eni': '2', pods: '64' } }),
      ...running(2),
    ],
    outcome: 'clear',
    finds: [atLimit('n1')],
    evidence: ['status.allocatable["aliyun/eni"], and pods of n1: 2 of 2'],
  },
  'counts addresses where the exclusive label came too late to have an effect': {
    objects: [
      set,
      eniConfigMap(),
      host('n1', {
        labels: EXCLUSIVE,
        annotations: { 'k8s.aliyun.com/max-available-ip': '10' },
        allocatable: { pods: '64' },
      }),
      ...running(5),
    ],
    outcome: 'clear',
  },
  'counts ENIs everywhere with the old exclusive DaemonSet': {
    objects: [
      daemonSet('terway-eni', 'acs/terway:v1.4.3'),
      eniConfigMap(),
      host('n1', { allocatable: { 'aliyun/eni': '2' } }),
      ...running(2),
    ],
    outcome: 'clear',
    finds: [atLimit('n1')],
  },
  'counts by what runs on a node where the DaemonSets of both modes are here': {
    objects: [
      set,
      daemonSet('terway-eni', 'acs/terway:v1.17.2'),
      eniConfigMap(),
      terwayPod('n1'),
      holds(10),
      ...running(3),
      terwayPod('n2', { set: 'terway-eni' }),
      host('n2', {
        annotations: { 'k8s.aliyun.com/max-available-ip': '10' },
        allocatable: { 'aliyun/eni': '3', pods: '64' },
      }),
      ...running(3, 'n2'),
    ],
    outcome: 'clear',
    finds: [atLimit('n2')],
    evidence: ['status.allocatable["aliyun/eni"], and pods of n2: 3 of 3'],
  },
  'cannot tell of a node without a Terway pod where both modes run': {
    objects: [
      set,
      daemonSet('terway-eni', 'acs/terway:v1.17.2'),
      eniConfigMap(),
      terwayPod('n1'),
      holds(10),
      terwayPod('n2', { set: 'terway-eni' }),
      host('n2', { allocatable: { 'aliyun/eni': '3', pods: '64' } }),
      holds(3, 'n3'),
      ...running(3, 'n3'),
    ],
    outcome: 'unknown',
    says: 'How many pods n3 can carry depends on the ENI mode, and no Terway pod there tells which',
    silent: 'told by no annotation',
  },
  'finds pods that no node has an ENI for': {
    objects: [
      set,
      eniConfigMap(),
      holds(10),
      {
        ...pod('web-9'),
        spec: {},
        status: {
          phase: 'Pending',
          conditions: [
            {
              type: 'PodScheduled',
              status: 'False',
              message: '0/12 nodes are available: 12 Insufficient aliyun/eni.',
            },
          ],
        },
      },
    ],
    outcome: 'found',
    finds: [
      'notPlaced: 1 pod is not scheduled, and nodes without room for their network are a reason the scheduler names (Insufficient aliyun/eni): shop/web-9.',
    ],
    evidence: ['0/12 nodes are available: 12 Insufficient aliyun/eni.'],
  },
  'leaves pods that lack memory to others': {
    objects: [
      set,
      eniConfigMap(),
      holds(10),
      {
        ...pod('web-9'),
        spec: {},
        status: {
          conditions: [{ type: 'PodScheduled', status: 'False', message: '12 Insufficient memory.' }],
        },
      },
    ],
    outcome: 'clear',
  },
  'names five nodes and counts the rest': {
    objects: [
      set,
      eniConfigMap(),
      ...Array.from({ length: 7 }, (_, index) => [holds(1, `m${index}`), ...running(1, `m${index}`)]).flat(),
    ],
    outcome: 'clear',
    finds: [
      'atLimit: 7 nodes carry all the pods their ENIs have addresses for: m0, m1, m2, m3, m4 and 2 more.',
    ],
  },
  'cannot tell a node without annotation and resource': {
    objects: [set, eniConfigMap(), holds(10), host('n2', { allocatable: { pods: '64' } })],
    outcome: 'unknown',
    says: '1 of 2 nodes can carry',
  },
  'cannot tell from an annotation that is no number': {
    objects: [
      set,
      eniConfigMap(),
      host('n1', { annotations: { 'k8s.aliyun.com/max-available-ip': 'many' } }),
    ],
    outcome: 'unknown',
  },
  'cannot tell with IP prefixes': {
    objects: [set, eniConfigMap({ daemon: { enable_ip_prefix: true } }), holds(10)],
    outcome: 'unknown',
    says: 'with IP prefixes no formula holds',
  },
  'cannot tell without nodes': { objects: [set, eniConfigMap()], outcome: 'unknown', says: '0 of 0 nodes' },
  'cannot tell when pods may not be listed': {
    objects: [set, eniConfigMap(), holds(10)],
    forbidden: ['pods'],
    outcome: 'unknown',
    says: 'pods',
  },
  'does not apply to Flannel': {
    objects: [fixture('06-daemonset-kube-flannel-ds')],
    outcome: 'not-applicable',
  },
});
