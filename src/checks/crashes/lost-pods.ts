import type { NodeView } from '../../cluster/views/node.js';
import type { PodView } from '../../cluster/views/pod.js';
import { listed } from '../listed.js';
import { hasStoppedReporting } from '../node-kinds.js';

interface SeenPods {
  readonly seen: readonly PodView[];
  /**
   * On nodes that have stopped reporting: the node controller calls them not Ready, whatever they do.
   * Source: Kubernetes, pkg/util/node, MarkPodsNotReady.
   */
  readonly lost: readonly PodView[];
}

export function apartFromLost(pods: readonly PodView[], nodes: readonly NodeView[]): SeenPods {
  const gone = new Set(nodes.filter(hasStoppedReporting).map(({ name }) => name));
  const isLost = ({ node = '' }: PodView): boolean => gone.has(node);
  return { seen: pods.filter((pod) => !isLost(pod)), lost: pods.filter(isLost) };
}

/** For `report.unknown`; undefined = no pod is lost. */
export const lostDetail = (what: string, lost: readonly PodView[]): string | undefined =>
  lost.length === 0
    ? undefined
    : `The kubelet no longer reports, so whether ${what} runs is not known on ${listed([...new Set(lost.map(({ node }) => node ?? ''))])}`;
