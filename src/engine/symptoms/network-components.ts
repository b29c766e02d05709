import type { DaemonSetView } from '../../cluster/views/daemon-set.js';
import { isOfComponents, type PodView } from '../../cluster/views/pod.js';

/**
 * Controllers of the network's own components, per architecture and role too, and of plugins that ACK does not support
 * (network-plugin names those): where one of them is what runs, its pods are the network all the same.
 */
const COMPONENT =
  /^(?:terway|(?:kube-)?flannel|kube-proxy|coredns|kube-dns|(?:ack-)?node-?local-?dns|cilium|calico-(?:node|typha)|canal|weave-net|kube-router|antrea-agent|kube-ovn-cni|ovnkube-node|kindnet|cloud-controller-manager)(?:-|$)/;
/** Whatever the DaemonSet is called. */
const IMAGE = /(?:^|\/)(?:terway|flannel|kube-proxy|coredns|k8s-dns-node-cache)(?::|@|$)/;

/** Whether a DaemonSet, Deployment or ReplicaSet runs the network, or its name resolution, as far as its name tells. */
export const isComponent = (namespace: string, name: string): boolean =>
  isOfComponents(namespace) && COMPONENT.test(`${name}-`);

type Containers = PodView['containers'] | DaemonSetView['containers'];
const runsComponent = (containers: Containers): boolean =>
  containers.some(({ init, image }) => !init && IMAGE.test(image));

export const isComponentSet = ({ namespace, name, containers }: DaemonSetView): boolean =>
  isComponent(namespace, name) || (isOfComponents(namespace) && runsComponent(containers));

/** Pods that are the network, or its name resolution. */
export const isComponentPod = ({ namespace, owner, containers }: PodView): boolean =>
  owner !== undefined &&
  (isComponent(namespace, owner.name) || (isOfComponents(namespace) && runsComponent(containers)));
