import type { PodView } from '../../cluster/views/pod.js';

/** Pods that a drain evicts: not the DaemonSets' (they would come right back), not static ones, not finished ones. */
export const evictable = ({ owner, mirror, phase, deleting }: PodView): boolean =>
  owner?.kind !== 'DaemonSet' && !mirror && !deleting && phase !== 'Succeeded' && phase !== 'Failed';

/** A bare pod does not come back, an emptyDir does not survive: someone has to accept that by name. */
export const needsAcceptance = ({ owner, emptyDir }: PodView): boolean => owner === undefined || emptyDir;
