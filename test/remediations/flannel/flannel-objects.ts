import type { JsonObject } from '../../../src/cluster/ports.js';
import { configMap, daemonSet, node } from '../../support/kube-objects.js';
import { annotated, daemonPod, nodeWith, writtenAt } from '../plan-objects.js';

export const LEGACY =
  '{"name":"cb0","cniVersion":"0.3.0","type":"flannel","delegate":{"isDefaultGateway":true}}';
export const ON_TMPFS =
  '{"name":"cb0","cniVersion":"0.3.1","plugins":[{"type":"flannel","delegate":{"isDefaultGateway":true},"dataDir":"/var/run/cni/flannel","ipam":{"type":"host-local","dataDir":"/var/run/cni/networks"}},{"type":"portmap"}]}';
export const STORE = 'acknet.dev/flannel-store-moved';

export interface FlannelCluster {
  readonly config?: string;
  /** When the ConfigMap was written; the pods started on 1 October. */
  readonly written?: string;
  readonly image?: string;
  readonly network?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Boot ids of n1 and n2. */
  readonly boots?: readonly [string, string];
}

/** Two nodes with their Flannel pods. */
export function flannel(shape: FlannelCluster = {}): JsonObject[] {
  const {
    config = LEGACY,
    written = '2026-09-01T00:00:00Z',
    image = 'acs/flannel:v0.15.1.11-7e95fe23-aliyun',
  } = shape;
  const { network = '{"Network":"172.20.0.0/16"}' } = shape;
  const { boots = ['aaaaaaaa-1', 'bbbbbbbb-1'], annotations = {} } = shape;
  return [
    daemonSet('kube-flannel-ds', image, { strategy: 'OnDelete' }),
    annotated(
      writtenAt(
        configMap('kube-flannel-cfg', { 'cni-conf.json': config, 'net-conf.json': network }),
        written,
      ),
      {
        ...annotations,
      },
    ),
    ...boots.map((bootID, index) =>
      nodeWith(node(`n${index + 1}`), { status: { nodeInfo: { bootID, kubeletVersion: 'v1.31.1' } } }),
    ),
    daemonPod('kube-flannel-ds', 'n1', { image }),
    daemonPod('kube-flannel-ds', 'n2', { image }),
  ];
}

/** The record that a move of the store leaves, with these boots on the old one. */
export const moved = (boots: Record<string, string>): Record<string, string> => ({
  [STORE]: JSON.stringify({ to: '/var/run/cni/networks', boots }),
});
