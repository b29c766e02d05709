import { isOfComponents, type PodView } from '../../cluster/views/pod.js';

/** Controllers of the network's own components, per architecture and role too. */
const COMPONENT =
  /^(?:terway-(?:eniip|eni|controlplane)|kube-flannel(?:-ds)?|kube-proxy|coredns|kube-dns|(?:ack-)?node-?local-?dns|cilium|calico-(?:node|typha)|cloud-controller-manager)(?:-|$)/;

/** Whether a DaemonSet, Deployment or ReplicaSet runs the network, or its name resolution. */
export const isComponent = (namespace: string, name: string): boolean =>
  isOfComponents(namespace) && COMPONENT.test(`${name}-`);

/** Pods that are the network, or its name resolution. */
export const isComponentPod = ({ namespace, owner }: PodView): boolean =>
  owner !== undefined && isComponent(namespace, owner.name);
