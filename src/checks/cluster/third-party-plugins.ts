import { flannelSets } from '../../cluster/network-daemon-sets.js';
import type { DaemonSetView } from '../../cluster/views/daemon-set.js';

/** DaemonSets and images of CNI plugins that ACK does not support. Source: cluster-signals 1.3. */
const THIRD_PARTY_NAME =
  /^(calico-node|cilium|weave-net|kube-router|antrea-agent|canal|kube-ovn-cni|ovnkube-node|kube-multus-ds)$/;
const THIRD_PARTY_IMAGE =
  /(calico\/node|cilium\/cilium|weaveworks\/weave-kube|cloudnativelabs\/kube-router|antrea\/antrea-)/;
/** Terway's own DaemonSet runs felix or cilium-agent in its policy container. */
const TERWAY = /^(terway|terway-eniip|terway-eni|terway-eniip-windows|terway-eni-windows)$/;

export const isOwnPlugin = (set: DaemonSetView): boolean =>
  set.namespace === 'kube-system' && (TERWAY.test(set.name) || flannelSets([set]).length > 0);

export const isThirdParty = (set: DaemonSetView): boolean =>
  !isOwnPlugin(set) &&
  (THIRD_PARTY_NAME.test(set.name) || set.containers.some(({ image }) => THIRD_PARTY_IMAGE.test(image)));

/** kubeProxyReplacement of Cilium, eBPF of Calico, the Service proxies of kube-router, Antrea and OVN-Kubernetes. */
const REPLACING_NAME = /^(calico-node|cilium|kube-router|antrea-agent|ovnkube-node)$/;
const REPLACING_IMAGE = /(calico\/node|cilium\/cilium|cloudnativelabs\/kube-router|antrea\/antrea-)/;

/** Whether it can do kube-proxy's work; whether it does is in settings of its own, which acknet does not read. */
export const mayReplaceKubeProxy = (set: DaemonSetView): boolean =>
  isThirdParty(set) &&
  set.desired > 0 &&
  (REPLACING_NAME.test(set.name) || set.containers.some(({ image }) => REPLACING_IMAGE.test(image)));
