import { podsStuckCreating } from './across/pods-stuck-creating.js';
import { clusterAddresses } from './cluster/cluster-addresses.js';
import { clusterDomain } from './cluster/cluster-domain.js';
import { clusterResources } from './cluster/cluster-resources.js';
import { hostPort } from './cluster/host-port.js';
import { networkPlugin } from './cluster/network-plugin.js';
import { securityGroups } from './cluster/security-groups.js';
import { ecsReachFacts } from './flannel/ecs-reach-facts.js';
import { flannelAddressLeak } from './flannel/flannel-address-leak.js';
import { flannelCniVersion } from './flannel/flannel-cni-version.js';
import { flannelHairpin } from './flannel/flannel-hairpin.js';
import { flannelPodCidrExhausted } from './flannel/flannel-pod-cidr-exhausted.js';
import { flannelVersion } from './flannel/flannel-version.js';
import { multipleRouteTables } from './flannel/multiple-route-tables.js';
import { nodeNetworkUnavailable } from './flannel/node-network-unavailable.js';
import { dualStackNodes } from './ipv6/dual-stack-nodes.js';
import { dualStackPods } from './ipv6/dual-stack-pods.js';
import { dualStackServices } from './ipv6/dual-stack-services.js';
import { ipv6Endpoints } from './ipv6/ipv6-endpoints.js';
import { ipv6InternetFacts } from './ipv6/ipv6-internet-facts.js';
import type { Check } from './judging/define-check.js';
import { conntrackLimit } from './kube-proxy/conntrack-limit.js';
import { ipvsScheduler } from './kube-proxy/ipvs-scheduler.js';
import { ipvsUdpTimeout } from './kube-proxy/ipvs-udp-timeout.js';
import { kubeProxyConfig } from './kube-proxy/kube-proxy-config.js';
import { kubeProxyMode } from './kube-proxy/kube-proxy-mode.js';
import { eipBlocksUpgrade } from './terway/eip-blocks-upgrade.js';
import { eniQuotaExhausted } from './terway/eni-quota-exhausted.js';
import { fixedAddressNodes } from './terway/fixed-address-nodes.js';
import { macNotFound } from './terway/mac-not-found.js';
import { networkPolicyLatency } from './terway/network-policy-latency.js';
import { podIpOutsideVSwitch } from './terway/pod-ip-outside-vswitch.js';
import { snatFacts } from './terway/snat-facts.js';
import { terwayAcceleration } from './terway/terway-acceleration.js';
import { terwayEniMode } from './terway/terway-eni-mode.js';
import { terwayInClusterLoadBalancing } from './terway/terway-in-cluster-load-balancing.js';
import { terwayPodCapacity } from './terway/terway-pod-capacity.js';
import { terwayPodsNotReady } from './terway/terway-pods-not-ready.js';
import { vSwitchAddressesExhausted } from './terway/vswitch-addresses-exhausted.js';

/** Every check there is, by id. */
export const checks: readonly Check[] = [
  networkPlugin,
  clusterAddresses,
  clusterDomain,
  clusterResources,
  hostPort,
  securityGroups,
  terwayEniMode,
  terwayAcceleration,
  vSwitchAddressesExhausted,
  eniQuotaExhausted,
  podIpOutsideVSwitch,
  terwayPodsNotReady,
  terwayPodCapacity,
  terwayInClusterLoadBalancing,
  networkPolicyLatency,
  fixedAddressNodes,
  eipBlocksUpgrade,
  macNotFound,
  snatFacts,
  flannelCniVersion,
  flannelHairpin,
  flannelAddressLeak,
  flannelPodCidrExhausted,
  flannelVersion,
  nodeNetworkUnavailable,
  multipleRouteTables,
  ecsReachFacts,
  kubeProxyConfig,
  kubeProxyMode,
  conntrackLimit,
  ipvsScheduler,
  ipvsUdpTimeout,
  dualStackNodes,
  dualStackPods,
  dualStackServices,
  ipv6Endpoints,
  ipv6InternetFacts,
  podsStuckCreating,
];

export function findCheck(id: string): Check | undefined {
  return checks.find((check) => check.id === id);
}
