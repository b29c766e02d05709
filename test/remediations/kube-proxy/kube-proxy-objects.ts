import type { JsonObject } from '../../../src/cluster/ports.js';
import { configMap, daemonSet, node } from '../../support/kube-objects.js';
import { nodeWith } from '../plan-objects.js';

export const CONF = `apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
conntrack:
  maxPerCore: 65536
mode: ipvs
`;

const image = 'acs/kube-proxy:v1.31.1-aliyun.1';
const machine = (name: string, labels: Record<string, string>, cpu: string, created: string): JsonObject =>
  nodeWith(node(name, { labels }), {
    metadata: { creationTimestamp: created },
    status: { capacity: { cpu } },
  });

export interface ProxyCluster {
  readonly conf?: string;
  readonly masterConf?: string;
  readonly cpu?: string;
  readonly created?: string;
}

/** A managed cluster of two nodes with kube-proxy-worker. */
export const managed = ({
  conf = CONF,
  cpu = '4',
  created = '2026-01-01T00:00:00Z',
}: ProxyCluster = {}): JsonObject[] => [
  daemonSet('kube-flannel-ds', 'acs/flannel:v0.15.1.23'),
  daemonSet('kube-proxy-worker', image, { strategy: 'OnDelete' }),
  configMap('kube-proxy-worker', { 'config.conf': conf }),
  machine('n1', {}, cpu, created),
  machine('n2', {}, cpu, '2026-01-01T00:00:00Z'),
];

/** The same with a master and its own kube-proxy. */
export const dedicated = (shape: ProxyCluster = {}): JsonObject[] => [
  ...managed(shape),
  daemonSet('kube-proxy-master', image, { strategy: 'OnDelete' }),
  configMap('kube-proxy-master', { 'config.conf': shape.masterConf ?? CONF }),
  machine('m1', { 'node-role.kubernetes.io/master': '' }, '4', '2026-01-01T00:00:00Z'),
];
