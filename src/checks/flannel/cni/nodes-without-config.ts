import { lacksCniConfig } from '../../../cluster/cni-wordings.js';
import { isAtLeast, parseVersion } from '../../../cluster/identity/versions.js';
import type { NodeCondition, NodeView } from '../../../cluster/views/node.js';
import type { PodView } from '../../../cluster/views/pod.js';
import type { Evidence } from '../../judging/define-check.js';
import { flannelImageOf } from '../flannel-config.js';

/** From this version on Flannel fills in a missing cniVersion itself. Source: Flannel release notes. */
const TOLERANT = '0.15.1.19';

/** A node whose kubelet says that it found no CNI config, and the Flannel pod there. */
export interface NodeWithoutConfig {
  readonly node: NodeView;
  readonly pod: PodView | undefined;
}

const readyOf = (node: NodeView): NodeCondition | undefined =>
  node.conditions.find(({ type }) => type === 'Ready');

export function nodesWithoutConfig(
  nodes: readonly NodeView[],
  pods: readonly PodView[],
): readonly NodeWithoutConfig[] {
  const living = new Map(pods.filter(({ deleting }) => !deleting).map((pod) => [pod.node, pod]));
  return nodes.filter(lacksConfig).map((node) => ({ node, pod: living.get(node.name) }));
}

function lacksConfig(node: NodeView): boolean {
  const ready = readyOf(node);
  return ready !== undefined && ready.status !== 'True' && lacksCniConfig(ready.message);
}

/** Whether the image that runs there, not the one the DaemonSet would start, fills in a missing version. */
export function toleratesNoVersion(source: Parameters<typeof flannelImageOf>[0]): boolean {
  const image = flannelImageOf(source);
  const version = image === undefined ? undefined : parseVersion(image);
  return version !== undefined && isAtLeast(version, TOLERANT);
}

/** What the kubelet says of its network. */
export function readyEvidence(node: NodeView): Evidence {
  const ready = readyOf(node);
  const since = ready?.changedAt ?? ready?.heartbeatAt;
  return {
    where: `Node ${node.name}, condition Ready=${ready?.status} (${ready?.reason})`,
    value: ready?.message ?? '',
    at: since,
  };
}
