import type { EventView } from '../../cluster/views/event.js';

/** Reporters that are the network, whatever they say. */
const SOURCE =
  /terway|flannel|kube-?proxy|cilium|calico|route|coredns|node-local|cloud-controller|service-controller|nlb|slb|cidrallocator|ip-?allocator|portallocator/i;
/**
 * What the kubelet and others say of the network. Sources: kubelet events/event.go, network/dns/dns.go; controllers `nodeipam`, `endpointslice`,
 * `service`; the cluster IP repair loops; the cloud controller manager's node controller; Terway.
 */
const REASON =
  /^(?:FailedCreatePodSandBox|NetworkNotReady|FailedKillPod|FailedToCreateRoute|CreateRouteFailed|SyncRouteFailed|DescriberRouteFailed|(?:Add|Sync)NodeFailed|CIDRNotAvailable|CIDRAssignmentFailed|HostPortConflict|FailedToUpdateEndpointSlices|FailedToUpdateEndpoint|IPAllocationFailed|ClusterIP[A-Za-z]{1,30}|IPAddress[A-Za-z]{1,30}|Port(?:AlreadyAllocated|NotAllocated|OutOfRange)|SyncLoadBalancerFailed|PodCreateFailed|AllocIPFailed|MissingClusterDNS)$/;

/** Two writers met, and the one that was late tries again by itself. Source: apiserver, registry/generic/registry/store.go. */
const CONFLICT = /the object has been modified; please apply your changes to the latest version/;

export const tellsOfNetwork = ({ source, reason, message }: EventView): boolean =>
  (SOURCE.test(source) || REASON.test(reason)) && !CONFLICT.test(message);

/** What the kernel's log, or the kubelet, says of a node's network. Source: node-problem-detector, config/kernel-monitor.json. */
export const speaksOfNetworkDevice = (message: string): boolean =>
  /\b(?:unregister_netdevice|nf_conntrack|neighbou?r table overflow|NETDEV WATCHDOG|cni|eni|iptables|ipvs|nftables|vswitch)\b|victim process: (?:terwayd|flanneld|kube-proxy|coredns|cilium-agent|node-cache)\b/i.test(
    message,
  );

/** Told as Normal although it is no good news. Source: controller/util/node, RecordNodeStatusChange. */
const BAD_NORMAL: ReadonlySet<string> = new Set(['CIDRNotAvailable', 'CIDRAssignmentFailed']);

export const isWarning = ({ type, reason }: EventView): boolean =>
  type !== 'Normal' || BAD_NORMAL.has(reason);
