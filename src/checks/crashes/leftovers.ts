import type { PodView } from '../../cluster/views/pod.js';

/**
 * Without pods that have ended and have a successor: an evicted pod of a Deployment stays until somebody deletes it, and
 * says nothing of how its component is now.
 */
export function withoutLeftovers(pods: readonly PodView[]): readonly PodView[] {
  const over = pods.filter(isOver);
  if (over.length === 0) return pods;
  const living = new Set(pods.filter((pod) => !isOver(pod)).map(placeOf));
  return pods.filter((pod) => !isOver(pod) || !living.has(placeOf(pod)));
}

const isOver = ({ phase }: PodView): boolean => phase === 'Failed' || phase === 'Succeeded';

/** What a successor takes: of a DaemonSet the node, of all else any. */
const placeOf = ({ namespace, owner, node, name }: PodView): string =>
  owner === undefined
    ? `${namespace}/${name}`
    : `${namespace} ${owner.kind} ${owner.name} ${owner.kind === 'DaemonSet' ? node : ''}`;
