import type { ConfigMapView } from '../../cluster/views/config-map.js';
import type { PodView } from '../../cluster/views/pod.js';
import type { Evidence } from '../judging/define-check.js';

/** Pods of the Terway DaemonSet, in either mode. */
export const isTerwayPod = ({ namespace, owner }: PodView): boolean =>
  namespace === 'kube-system' && owner?.kind === 'DaemonSet' && /^terway-(eniip|eni)$/.test(owner.name);

/** Terway's DaemonSets: a cluster may have both modes, each on nodes of its own. */
export const isTerwaySet = ({
  namespace,
  name,
}: {
  readonly namespace: string;
  readonly name: string;
}): boolean => namespace === 'kube-system' && /^terway-eni(?:ip)?$/.test(name);

/** The DaemonSet whose Terway pod runs there, by node. */
export const terwaySetOfNode = (pods: readonly PodView[]): ReadonlyMap<string, string> =>
  new Map(
    pods
      .filter(isTerwayPod)
      .flatMap(({ node, owner }) => (node && owner ? [[node, owner.name] as const] : [])),
  );

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

/** When the pod started, as evidence against a later write of what it read. */
export const startEvidence = ({ name, node, startedAt }: PodView): Evidence => ({
  where: `Pod kube-system/${name} on ${node ?? 'no node'}, status.startTime`,
  value: startedAt ?? 'absent',
});

/** When a ConfigMap was last written, as evidence. */
export const writeEvidence = ({ name, writtenAt }: Pick<ConfigMapView, 'name' | 'writtenAt'>): Evidence => ({
  where: `ConfigMap kube-system/${name}, metadata.managedFields, newest time`,
  value: writtenAt ?? 'unknown',
});

/** Whether the pod holds a pod address: not on the host's network, not ended. */
export const holdsAddress = ({ hostNetwork, phase }: PodView): boolean =>
  !hostNetwork && phase !== 'Succeeded' && phase !== 'Failed';
