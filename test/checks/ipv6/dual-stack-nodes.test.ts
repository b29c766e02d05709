import { dualStackNodes } from '../../../src/checks/ipv6/dual-stack-nodes.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { describeCheck } from '../../support/describe-check.js';
import { configMap, node } from '../../support/kube-objects.js';
import { addressedNode, dualCluster, flannelCluster, singleCluster } from './dual-stack-objects.js';

const both = addressedNode('n1', ['10.0.0.1', '2408:4005::1'], {
  'node.kubernetes.io/instance-type': 'ecs.g7.xlarge',
});
const terwayNode = (name: string, ipv6PerAdapter: number, enableIPv6 = true): JsonObject => ({
  apiVersion: 'network.alibabacloud.com/v1beta1',
  kind: 'Node',
  metadata: { name },
  spec: { nodeCap: { ipv4PerAdapter: 15, ipv6PerAdapter }, eni: { enableIPv4: true, enableIPv6 } },
});
const unsuited = (at: string): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { namespace: 'default', name: 'n1.1' },
  involvedObject: { apiVersion: 'network.alibabacloud.com/v1beta1', kind: 'Node', name: 'n1' },
  type: 'Warning',
  reason: 'ConfigError',
  message: 'Instance not support k8s dual stack. ipv4 and ipv6 count is not equal.',
  reportingComponent: 'terway-daemon',
  eventTime: at,
});
const UNSUITED =
  'unsuited: Pods on 1 node of type ecs.g7.xlarge get no IPv6 address: this instance type does not offer as many IPv6 as IPv4 addresses per ENI. Use another type.';

describeCheck(dualStackNodes, {
  'stays quiet about nodes that can': {
    objects: [...dualCluster(), both, terwayNode('n1', 15)],
    outcome: 'clear',
  },
  'does not need node addresses to be of both families': {
    objects: [...dualCluster(), addressedNode('n1', ['10.0.0.1'])],
    outcome: 'clear',
  },
  'finds Terway set to IPv4': {
    objects: [...dualCluster({ ip_stack: 'ipv4' }), both],
    outcome: 'found',
    finds: [
      'terwaySingleStack: The cluster is dual stack, but ip_stack in eni_conf of ConfigMap eni-config is ipv4: Terway gives pods IPv4 addresses only.',
    ],
  },
  'finds Terway without the key, which means IPv4': {
    objects: [...dualCluster({ version: '1' }), both],
    outcome: 'found',
    finds: [
      'terwaySingleStack: The cluster is dual stack, but ip_stack in eni_conf of ConfigMap eni-config is absent (ipv4): Terway gives pods IPv4 addresses only.',
    ],
  },
  'finds a value Terway refuses': {
    objects: [...dualCluster({ ip_stack: 'ipv6' }), both],
    outcome: 'found',
    finds: [
      'badStack: ip_stack in eni_conf of ConfigMap eni-config is "ipv6", which Terway refuses (it takes ipv4 and dual): its daemon does not start.',
    ],
  },
  'finds a value of another type': {
    objects: [...dualCluster({ ip_stack: true }), both],
    outcome: 'found',
    finds: [
      'badStack: ip_stack in eni_conf of ConfigMap eni-config is true, which Terway refuses (it takes ipv4 and dual): its daemon does not start.',
    ],
  },
  'finds an instance type that the Node resource says is unsuited': {
    objects: [...dualCluster(), both, terwayNode('n1', 0)],
    outcome: 'found',
    finds: [UNSUITED],
    evidence: ['nodes.network.alibabacloud.com n1, spec.nodeCap: ipv4PerAdapter 15, ipv6PerAdapter 0'],
  },
  'finds one that an event tells': {
    objects: [...dualCluster(), both, unsuited('2026-11-24T02:50:00.000000Z')],
    outcome: 'found',
    finds: [UNSUITED],
    evidence: ['Event ConfigError on Node n1'],
  },
  'takes an old event as history': {
    objects: [...dualCluster(), both, unsuited('2026-11-23T02:50:00.000000Z')],
    outcome: 'clear',
  },
  'finds nodes on which Terway gives none': {
    objects: [...dualCluster(), both, terwayNode('n1', 15, false)],
    outcome: 'found',
    finds: ['off: Terway gives no IPv6 addresses on 1 node (n1), though the cluster is dual stack.'],
  },
  'advises about nodes without an address of their own, where others have one': {
    objects: [...dualCluster(), both, addressedNode('n2', ['10.0.0.2'])],
    outcome: 'clear',
    finds: [
      'mixedAddresses: 1 of 2 nodes has no IPv6 address of its own (n2): host-network pods there have none either.',
    ],
    evidence: ['Node n2, status.addresses: InternalIP 10.0.0.2'],
  },
  'leaves virtual nodes out': {
    objects: [...dualCluster(), both, node('eci', { labels: { type: 'virtual-kubelet' } })],
    outcome: 'clear',
  },
  'cannot tell from settings that do not parse': {
    objects: [
      ...dualCluster().slice(0, 1),
      configMap('eni-config', { eni_conf: '{' }),
      ...dualCluster().slice(2),
      both,
    ],
    outcome: 'unknown',
    says: 'not a JSON object',
  },
  'cannot tell without settings': {
    objects: [...dualCluster().slice(0, 1), ...dualCluster().slice(2), both],
    outcome: 'unknown',
    says: 'no eni_conf to read',
  },
  'cannot tell without nodes': { objects: dualCluster(), outcome: 'unknown', says: 'no nodes' },
  'cannot tell without the right to list events': {
    objects: [...dualCluster(), both],
    forbidden: ['events'],
    outcome: 'unknown',
    says: 'may not',
  },
  'recognises dual stack from Terway where the profile is absent': {
    objects: [...dualCluster().slice(1), addressedNode('n1', ['10.0.0.1'])],
    outcome: 'clear',
  },
  'does not apply to a single-stack cluster': {
    objects: [...singleCluster, both],
    outcome: 'not-applicable',
    says: 'single stack',
  },
  'does not apply to Flannel': {
    objects: [...flannelCluster, both],
    outcome: 'not-applicable',
    says: 'Flannel has no IPv6',
  },
});
