import type { PodView } from '../../cluster/views/pod.js';

/** The DaemonSet or Deployment of a pod: a ReplicaSet is named after its Deployment. */
export const workloadOf = ({ owner }: Pick<PodView, 'owner'>): string | undefined =>
  owner?.kind === 'ReplicaSet' ? owner.name.slice(0, owner.name.lastIndexOf('-')) : owner?.name;
