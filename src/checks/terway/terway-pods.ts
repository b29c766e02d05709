import type { ConfigMapView } from '../../cluster/views/config-map.js';
import type { PodView } from '../../cluster/views/pod.js';

/** Pods of the Terway DaemonSet, in either mode. */
export const isTerwayPod = ({ namespace, owner }: PodView): boolean =>
  namespace === 'kube-system' && owner?.kind === 'DaemonSet' && /^terway-(eniip|eni)$/.test(owner.name);

/** Pods that started before `config` was last written still run on the old values. */
export function startedBefore(
  pods: readonly PodView[],
  config: Pick<ConfigMapView, 'writtenAt'>,
): readonly PodView[] {
  const written = Date.parse(config.writtenAt ?? '');
  return Number.isNaN(written)
    ? []
    : pods.filter(({ startedAt }) => startedAt !== undefined && Date.parse(startedAt) < written);
}

/** Whether the pod holds a pod address: not on the host's network, not ended. */
export const holdsAddress = ({ hostNetwork, phase }: PodView): boolean =>
  !hostNetwork && phase !== 'Succeeded' && phase !== 'Failed';
