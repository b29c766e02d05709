import type { Json, JsonObject } from '../../../src/cluster/ports.js';
import { configMap, daemonSet, node } from '../../support/kube-objects.js';

/** A dual-stack Terway cluster, as its profile and Terway's settings say. */
export const dualCluster = (
  daemon: JsonObject = { version: '1', ip_stack: 'dual' },
): readonly JsonObject[] => [
  configMap('ack-cluster-profile', { ipStack: 'dual' }),
  configMap('eni-config', { eni_conf: JSON.stringify(daemon), '10-terway.conf': '{"type":"terway"}' }),
  daemonSet('terway-eniip', 'x/acs/terway:v1.15.3'),
];
export const singleCluster: readonly JsonObject[] = [
  configMap('ack-cluster-profile', { ipStack: 'ipv4' }),
  daemonSet('terway-eniip', 'x/acs/terway:v1.15.3'),
];
export const flannelCluster: readonly JsonObject[] = [
  configMap('ack-cluster-profile', { ipStack: 'dual' }),
  daemonSet('kube-flannel-ds', 'x/acs/flannel:v0.15.1.23'),
];

export function addressedNode(
  name: string,
  addresses: readonly string[],
  labels: Readonly<Record<string, string>> = {},
): JsonObject {
  const plain = node(name, { labels });
  const status = plain.status as JsonObject;
  return {
    ...plain,
    status: { ...status, addresses: addresses.map((address) => ({ type: 'InternalIP', address })) },
  };
}

export interface PodShape {
  readonly node?: string;
  readonly phase?: string;
  readonly hostNetwork?: boolean;
  readonly annotations?: Readonly<Record<string, string>>;
}

export const pod = (name: string, ips: readonly string[], shape: PodShape = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', annotations: shape.annotations ?? {} },
  spec: { nodeName: shape.node ?? 'n1', hostNetwork: shape.hostNetwork ?? false },
  status: {
    phase: shape.phase ?? 'Running',
    startTime: '2026-11-20T00:00:00Z',
    podIPs: ips.map((ip) => ({ ip })),
    ...(ips[0] !== undefined && { podIP: ips[0] }),
  },
});

export const service = (
  name: string,
  spec: Readonly<Record<string, Json>>,
  namespace = 'shop',
): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace },
  spec: { selector: { app: name }, ports: [{ port: 80 }], ...spec },
});
export const V4 = { clusterIP: '172.21.0.9', clusterIPs: ['172.21.0.9'], ipFamilies: ['IPv4'] };
export const BOTH = {
  clusterIP: '172.21.0.9',
  clusterIPs: ['172.21.0.9', 'fd00::9'],
  ipFamilies: ['IPv4', 'IPv6'],
};
