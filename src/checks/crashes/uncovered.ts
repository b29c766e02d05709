import type { NodeView } from '../../cluster/views/node.js';
import type { PodView } from '../../cluster/views/pod.js';
import { listed } from '../listed.js';
import { isJoining, isNetworkedNode } from '../node-kinds.js';

/** Linux nodes of the network on which none of these pods is; one that has just joined is given its minutes. */
export function uncovered(
  list: readonly NodeView[],
  pods: readonly PodView[],
  now: Date,
): readonly NodeView[] {
  const covered = new Set(pods.map(({ node }) => node));
  return list.filter(
    (node) =>
      isNetworkedNode(node) &&
      !isJoining(node, now) &&
      node.labels['kubernetes.io/os'] !== 'windows' &&
      !covered.has(node.name),
  );
}

/** For `report.unknown`; undefined = there is one on every node, or on none at all, which is told otherwise. */
export function uncoveredDetail(
  what: string,
  ...[list, pods, now]: Parameters<typeof uncovered>
): string | undefined {
  const bare = pods.length === 0 ? [] : uncovered(list, pods, now);
  return bare.length === 0
    ? undefined
    : `No pod of ${what} is on ${listed(bare.map(({ name }) => name))}, so nothing of it can be told there`;
}
