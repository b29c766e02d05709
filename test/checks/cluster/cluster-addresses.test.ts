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
      'nodeInside: 1 node addresses lie inside Pod CIDR 10.0.0.0/8, so traffic to them goes astray. The range cannot be changed after the cluster was created.',
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
    finds: ['podRangesLow: The Pod CIDR 172.20.0.0/20 has 1 node ranges of /24 left of 16.'],
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
    says: 'No ConfigMap read here names the Pod CIDR',
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
