import type { Json, JsonObject } from '../../../src/cluster/ports.js';
import { configMap, daemonSet, node } from '../../support/kube-objects.js';
import { nodeWith } from '../plan-objects.js';

export const ENI_CONF =
  '{"version":"1","vswitches":{"cn-hangzhou-i":["vsw-aaaaaa1"]},"access_secret":"canary"}';

export interface TerwayCluster {
  readonly image?: string;
  readonly eniConf?: string;
  /** Value of `eniip_virtual_type`. */
  readonly type?: string;
  readonly cni?: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly kernel?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly allocatable?: Readonly<Record<string, Json>>;
  readonly daemonSetName?: string;
}

/** One node in zone i with Terway. */
export function terway(shape: TerwayCluster = {}): JsonObject[] {
  const {
    image = 'acs/terway:v1.11.1',
    eniConf = ENI_CONF,
    type,
    data = {},
    kernel = '5.10.134-18.al8.x86_64',
  } = shape;
  const cni =
    shape.cni ?? JSON.stringify({ type: 'terway', ...(type !== undefined && { eniip_virtual_type: type }) });
  const labels = { 'topology.kubernetes.io/zone': 'cn-hangzhou-i', ...shape.labels };
  return [
    daemonSet(shape.daemonSetName ?? 'terway-eniip', image),
    configMap('eni-config', { eni_conf: eniConf, '10-terway.conf': cni, ...data }),
    nodeWith(node('n1', { labels }), {
      status: {
        allocatable: shape.allocatable ?? {},
        nodeInfo: { kubeletVersion: 'v1.31.1', kernelVersion: kernel },
      },
    }),
  ];
}
