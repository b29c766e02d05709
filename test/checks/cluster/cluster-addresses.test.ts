import { clusterAddresses } from '../../../src/checks/cluster/cluster-addresses.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { describeCheck } from '../../support/describe-check.js';
import { configMap, fixture, node } from '../../support/kube-objects.js';

const flannelSet = fixture('06-daemonset-kube-flannel-ds');
const terwaySet = fixture('01-daemonset-terway-eniip');
const netConf = (network: string): JsonObject =>
  configMap('kube-flannel-cfg', { 'net-conf.json': `{"Network":"${network}","Backend":{"Type":"alloc"}}` });
const profile = (serviceCIDR: string): JsonObject => configMap('ack-cluster-profile', { serviceCIDR });
const host = (name: string, address: string, podCIDR?: string): JsonObject => {
  const made = node(name, podCIDR === undefined ? {} : { spec: { podCIDR, podCIDRs: [podCIDR] } });
  return {
    ...made,
    status: { ...(made.status as JsonObject), addresses: [{ type: 'InternalIP', address }] },
  };
};
const many = (count: number): JsonObject[] =>
  Array.from({ length: count }, (_, i) => host(`n${i}`, `10.1.${i >> 8}.${i & 255}`, `172.20.${i}.0/24`));

const serviceCidr = (name: string, cidrs: readonly string[], more: JsonObject = {}): JsonObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'ServiceCIDR',
  metadata: { name, ...((more.metadata ?? {}) as JsonObject) },
  spec: { cidrs },
  status: (more.status ?? {}) as JsonObject,
});
const dualNetConf = configMap('kube-flannel-cfg', {
  'net-conf.json':
    '{"Network":"172.20.0.0/16","EnableIPv6":true,"IPv6Network":"fd00:20::/60","Backend":{"Type":"alloc"}}',
});
/** Joined in the order given. */
const joined = (name: string, address: string, podCIDRs: readonly string[], at: string): JsonObject => {
  const made = host(name, address);
  return {
    ...made,
    metadata: { ...(made.metadata as JsonObject), creationTimestamp: at },
    spec: { podCIDR: podCIDRs[0] ?? '', podCIDRs },
  };
};
const eniNode = (name: string, ipv4CIDR: string): JsonObject => ({
  apiVersion: 'network.alibabacloud.com/v1beta1',
  kind: 'Node',
  metadata: { name },
  status: { networkInterfaces: { 'eni-1': { id: 'eni-1', vSwitchID: 'vsw-a', ipv4CIDR } } },
});

describeCheck(clusterAddresses, {
  'stays quiet when Pod, Service and node addresses are apart': {
    objects: [
      flannelSet,
      netConf('172.20.0.0/16'),
      profile('172.21.0.0/20'),
      host('n1', '10.0.0.4', '172.20.1.0/24'),
    ],
    outcome: 'clear',
  },
  'does not take a plugin that may not be read for none of Flannel’s': {
    objects: [flannelSet, netConf('172.20.0.0/16'), profile('172.20.128.0/20'), host('n1', '10.0.0.4')],
    forbidden: ['daemonsets'],
    outcome: 'unknown',
    says: 'Which network plugin runs could not be read: may not list daemonsets',
  },
  'is no finding on Terway that pods and nodes share the VPC': {
    objects: [terwaySet, fixture('02-configmap-eni-config-default'), host('n1', '10.0.0.4')],
    outcome: 'clear',
  },
  'takes the ServiceCIDR objects where the server has them, and a ConfigMap that is behind for nothing': {
    objects: [
      flannelSet,
      netConf('172.20.0.0/16'),
      profile('172.20.128.0/20'),
      serviceCidr('kubernetes', ['172.21.0.0/20', 'fd00:21::/112']),
      host('n1', '10.0.0.4', '172.20.1.0/24'),
    ],
    outcome: 'clear',
  },
  'finds a second ServiceCIDR that takes addresses of pods and nodes, and says that it can go': {
    objects: [
      flannelSet,
      netConf('172.20.0.0/16'),
      serviceCidr('kubernetes', ['172.21.0.0/20']),
      serviceCidr('more', ['172.20.64.0/24', 'fd00:21::/112']),
      serviceCidr('wide', ['10.0.0.0/24']),
      host('n1', '10.0.0.4', '172.20.1.0/24'),
    ],
    outcome: 'found',
    finds: [
      'overlap: Pod CIDR 172.20.0.0/16 and ServiceCIDR more 172.20.64.0/24 overlap. Delete ServiceCIDR more, and make the Services anew that have an address of it.',
      'nodeInside: 1 node address lies inside ServiceCIDR wide 10.0.0.0/24, so traffic to it goes astray. Delete ServiceCIDR wide, and make the Services anew that have an address of it.',
    ],
    evidence: ['ServiceCIDR more, spec.cidrs: 172.20.64.0/24', 'Node n1, InternalIP: 10.0.0.4'],
  },
  'names a ServiceCIDR that is not Ready, and one that is being deleted; one without a condition is in use': {
    objects: [
      flannelSet,
      netConf('172.20.0.0/16'),
      serviceCidr('kubernetes', ['172.21.0.0/20']),
      serviceCidr('held', ['172.22.0.0/24'], {
        status: {
          conditions: [
            { type: 'Ready', status: 'False', reason: 'Terminating', message: 'There are still IPAddresses' },
          ],
        },
      }),
      serviceCidr('going', ['172.23.0.0/24'], { metadata: { deletionTimestamp: '2026-11-24T02:00:00Z' } }),
      host('n1', '10.0.0.4', '172.20.1.0/24'),
    ],
    outcome: 'clear',
    finds: [
      'notReady: ServiceCIDR held (172.22.0.0/24) is not Ready, so new Services get no address of it: Terminating: There are still IPAddresses',
      'notReady: ServiceCIDR going (172.23.0.0/24) is not Ready, so new Services get no address of it: it is being deleted',
    ],
  },
  'compares a range that is not Ready as well: Services keep its addresses': {
    objects: [
      flannelSet,
      netConf('172.20.0.0/16'),
      serviceCidr('kubernetes', ['172.21.0.0/20']),
      serviceCidr('going', ['172.20.64.0/24'], { metadata: { deletionTimestamp: '2026-11-24T02:00:00Z' } }),
      host('n1', '10.0.0.4', '172.20.1.0/24'),
    ],
    outcome: 'found',
    finds: [
      'overlap: Pod CIDR 172.20.0.0/16 and ServiceCIDR going 172.20.64.0/24 overlap. Delete ServiceCIDR going, and make the Services anew that have an address of it.',
      'notReady: ServiceCIDR going (172.20.64.0/24) is not Ready, so new Services get no address of it: it is being deleted',
    ],
  },
  'does not vouch for ranges it may not list, where the server has them': {
    objects: [flannelSet, netConf('172.20.0.0/16'), profile('172.21.0.0/20'), host('n1', '10.0.0.4')],
    version: 'v1.33.1',
    forbidden: ['servicecidrs'],
    outcome: 'unknown',
    says: 'ServiceCIDR objects may not be listed',
  },
  'needs no right to what an older server does not have': {
    objects: [flannelSet, netConf('172.20.0.0/16'), profile('172.21.0.0/20'), host('n1', '10.0.0.4')],
    version: 'v1.32.9',
    forbidden: ['servicecidrs'],
    outcome: 'clear',
  },
  'reads the second family of Flannel, of the Services and of the nodes': {
    objects: [
      flannelSet,
      dualNetConf,
      profile('172.21.0.0/20,fd00:20:0:8::/112'),
      joined('n1', '10.0.0.4', ['172.20.1.0/24', 'fd00:20::/64'], '2026-10-01T00:00:00Z'),
    ],
    outcome: 'found',
    finds: [
      'overlap: Pod CIDR fd00:20::/60 and Service CIDR fd00:20:0:8::/112 overlap. Neither can be changed after the cluster was created.',
    ],
    evidence: ['IPv6Network: fd00:20::/60'],
  },
  'counts what is left of each family in its own mask': {
    objects: [
      flannelSet,
      dualNetConf,
      profile('172.21.0.0/20'),
      ...Array.from({ length: 16 }, (_, i) =>
        joined(
          `n${i}`,
          `10.1.0.${i}`,
          [`172.20.${i}.0/24`, `fd00:20:0:${i.toString(16)}::/64`],
          '2026-10-01T00:00:00Z',
        ),
      ),
    ],
    outcome: 'found',
    finds: [
      'podRangesSpent: The Pod CIDR fd00:20::/60 has 0 node ranges of /64 left of 16; a further node gets none. The Pod CIDR cannot be changed.',
    ],
  },
  'counts nodes of other masks by the room they take from the newest one’s': {
    objects: [
      flannelSet,
      netConf('172.20.0.0/22'),
      profile('172.21.0.0/20'),
      joined('n1', '10.1.0.1', ['172.20.0.0/24'], '2026-01-01T00:00:00Z'),
      joined('n2', '10.1.0.2', ['172.20.1.0/26'], '2026-02-01T00:00:00Z'),
      joined('n3', '10.1.0.3', ['172.20.1.64/26'], '2026-02-01T00:00:00Z'),
      joined('n4', '10.1.0.4', ['172.20.2.0/23'], '2026-01-01T00:00:00Z'),
      joined('n5', '10.1.0.5', ['172.20.1.128/25'], '2026-03-01T00:00:00Z'),
    ],
    outcome: 'found',
    finds: [
      'podRangesSpent: The Pod CIDR 172.20.0.0/22 has 0 node ranges of /25 left of 8; a further node gets none. The Pod CIDR cannot be changed.',
    ],
  },
  'finds a node’s range of before, outside the Pod CIDR, where it meets the Services’': {
    objects: [
      flannelSet,
      netConf('172.20.0.0/16'),
      profile('172.21.0.0/20'),
      joined('n1', '10.1.0.1', ['172.21.4.0/24'], '2026-01-01T00:00:00Z'),
    ],
    outcome: 'found',
    finds: [
      'overlap: Pod range of node n1 172.21.4.0/24 and Service CIDR 172.21.0.0/20 overlap. Neither can be changed after the cluster was created.',
    ],
  },
  'finds the vSwitch of Terway’s pods inside the Services’ range': {
    objects: [
      terwaySet,
      serviceCidr('kubernetes', ['192.168.0.0/16']),
      serviceCidr('more', ['10.0.40.0/24']),
      eniNode('n1', '10.0.40.0/22'),
      host('n1', '10.0.0.4', '10.0.40.0/26'),
    ],
    outcome: 'found',
    finds: [
      'overlap: vSwitch vsw-a 10.0.40.0/22 and ServiceCIDR more 10.0.40.0/24 overlap. Delete ServiceCIDR more, and make the Services anew that have an address of it.',
    ],
  },
  'finds Pod and Service CIDR overlapping': {
    objects: [flannelSet, netConf('172.20.0.0/16'), profile('172.20.128.0/20'), host('n1', '10.0.0.4')],
    outcome: 'found',
    finds: [
      'overlap: Pod CIDR 172.20.0.0/16 and Service CIDR 172.20.128.0/20 overlap. Neither can be changed after the cluster was created.',
    ],
    evidence: ['net-conf.json', 'serviceCIDR'],
  },
  'finds nodes inside the Pod CIDR': {
    objects: [flannelSet, netConf('10.0.0.0/8'), profile('172.21.0.0/20'), host('n1', '10.0.0.4')],
    outcome: 'found',
    finds: [
      'nodeInside: 1 node address lies inside Pod CIDR 10.0.0.0/8, so traffic to it goes astray. The range cannot be changed after the cluster was created.',
    ],
    evidence: ['Node n1, InternalIP: 10.0.0.4'],
  },
  'finds the Pod CIDR spent, and the routes near their quota': {
    objects: [flannelSet, netConf('172.20.0.0/16'), ...many(256)],
    outcome: 'found',
    finds: [
      'podRangesSpent: The Pod CIDR 172.20.0.0/16 has 0 node ranges of /24 left of 256; a further node gets none. The Pod CIDR cannot be changed.',
      'routesNearQuota: 256 Flannel nodes need a VPC route each; a route table holds 200 custom entries unless the quota was raised.',
    ],
  },
  'advises when few node ranges are left': {
    objects: [
      flannelSet,
      netConf('172.20.0.0/20'),
      profile('172.21.0.0/20'),
      host('n1', '10.1.0.1', '172.20.0.0/21'),
    ],
    outcome: 'clear',
    finds: [],
  },
  'counts what is left in the node mask': {
    objects: [flannelSet, netConf('172.20.0.0/20'), profile('172.21.0.0/20'), ...many(15)],
    outcome: 'clear',
    finds: ['podRangesLow: The Pod CIDR 172.20.0.0/20 has 1 node range of /24 left of 16.'],
  },
  'cannot vouch for a Service CIDR it could not read': {
    objects: [flannelSet, netConf('172.20.0.0/16'), host('n1', '10.0.0.4')],
    outcome: 'unknown',
    says: 'names the Service CIDR',
  },
  'cannot tell without a node': {
    objects: [flannelSet, netConf('172.20.0.0/16'), profile('172.21.0.0/20')],
    outcome: 'unknown',
    says: 'no nodes',
  },
  'cannot vouch for a Pod CIDR it could not read, though the Service CIDR is apart': {
    objects: [flannelSet, profile('172.21.0.0/20'), host('n1', '10.0.0.4')],
    outcome: 'unknown',
    says: 'names no Network',
  },
  'cannot tell without any range to read': {
    objects: [flannelSet, host('n1', '10.0.0.4')],
    outcome: 'unknown',
    says: 'Nothing that was read here names the Pod CIDR',
  },
  'cannot tell when the config is no JSON': {
    objects: [
      flannelSet,
      configMap('kube-flannel-cfg', { 'net-conf.json': '{"Network":' }),
      host('n1', '10.0.0.4'),
    ],
    outcome: 'unknown',
  },
});
