import type { PodView } from '../../cluster/views/pod.js';
import { type KubeProxy, readAt } from './kube-proxies.js';

/** Pods that read another configuration than the ConfigMap holds now. Source: cluster-signals 5.3. */
export function stalePods({ configMap, pods }: KubeProxy): readonly PodView[] {
  const written = Date.parse(configMap?.writtenAt ?? '');
  return Number.isNaN(written) ? [] : pods.filter((pod) => Date.parse(readAt(pod) ?? '') < written);
}

/** Pods that run, and read the configuration as the ConfigMap holds it now. */
export function runningOnPresent({ configMap, pods }: KubeProxy): readonly PodView[] {
  const written = Date.parse(configMap?.writtenAt ?? '');
  return pods.filter((pod) => pod.ready && Date.parse(readAt(pod) ?? '') >= written);
}
