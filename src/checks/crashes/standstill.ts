import type { PodView } from '../../cluster/views/pod.js';
import { failingContainer } from './failing-container.js';

/** Waiting reasons that the kubelet tries again by itself, and that a new pod meets as well. Source: kubelet, `kuberuntime` and `images/types.go`. */
const STANDSTILLS: ReadonlyMap<string, string> = new Map([
  ['ErrImagePull', 'an image cannot be pulled'],
  ['ImagePullBackOff', 'an image cannot be pulled'],
  ['ErrImageNeverPull', 'an image is not on the node and may not be pulled'],
  ['InvalidImageName', 'the name of an image is invalid'],
  ['RegistryUnavailable', 'the image registry does not answer'],
  ['CreateContainerConfigError', 'a ConfigMap, Secret or key that the pod names is not there'],
]);

/** Why a pod cannot start, where a restart would meet the same: no node takes it, or its container cannot be made. */
export function standstill(pod: PodView): string | undefined {
  if (pod.node === undefined) return pod.unschedulable === undefined ? undefined : 'no node takes the pod';
  return STANDSTILLS.get(failingContainer(pod)?.reason ?? '');
}
