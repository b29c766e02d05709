import type { Remediation } from './define-remediation.js';
import { addFlannelCniVersion } from './flannel/add-flannel-cni-version.js';
import { enableFlannelHairpin } from './flannel/enable-flannel-hairpin.js';
import { moveFlannelAddressStore } from './flannel/move-flannel-address-store.js';
import { restartFlannel } from './flannel/restart-flannel.js';
import { makeServiceDualStack } from './ipv6/make-service-dual-stack.js';
import { restartKubeProxy } from './kube-proxy/restart-kube-proxy.js';
import { setIpvsScheduler } from './kube-proxy/set-ipvs-scheduler.js';
import { setIpvsUdpTimeout } from './kube-proxy/set-ipvs-udp-timeout.js';
import { setKubeProxyConntrack } from './kube-proxy/set-kube-proxy-conntrack.js';
import { cordonNode } from './node/cordon-node.js';
import { drainNode } from './node/drain-node.js';
import { uncordonNode } from './node/uncordon-node.js';
import { addPodVswitch } from './terway/add-pod-vswitch.js';
import { disableNetworkPolicy } from './terway/disable-network-policy.js';
import { enableInClusterLoadBalancing } from './terway/enable-in-cluster-load-balancing.js';
import { restartTerway } from './terway/restart-terway.js';

/** Every remediation there is. */
export const remediations: readonly Remediation[] = [
  addFlannelCniVersion,
  enableFlannelHairpin,
  moveFlannelAddressStore,
  restartFlannel,
  addPodVswitch,
  disableNetworkPolicy,
  enableInClusterLoadBalancing,
  restartTerway,
  setKubeProxyConntrack,
  setIpvsScheduler,
  setIpvsUdpTimeout,
  restartKubeProxy,
  cordonNode,
  uncordonNode,
  drainNode,
  makeServiceDualStack,
];

export function findRemediation(id: string): Remediation | undefined {
  return remediations.find((remediation) => remediation.id === id);
}

/** Those that may be offered for a finding, e.g. `flannel-cni-version.missing`. */
export function remediationsFor(finding: string): readonly Remediation[] {
  return remediations.filter(({ fixes }) => fixes.includes(finding));
}
