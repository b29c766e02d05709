import type { AlertsConfig } from '../../config/schemas/alerts-schema.js';

type Only = AlertsConfig['rules'][number]['only'];

/** An alert of kube-prometheus that concerns the network. */
interface KnownAlert {
  readonly only: Only;
  /** Concerns the network only where it is about a part of the network itself. */
  readonly ofComponents?: true;
}

/** Source: the rules of kubernetes-mixin, node-mixin and the CoreDNS mixin, as kube-prometheus has them. */
export const knownAlerts: Readonly<Record<string, KnownAlert>> = {
  KubeNodeNotReady: { only: 'node' },
  KubeNodeUnreachable: { only: 'node' },
  KubeNodeReadinessFlapping: { only: 'node' },
  KubePodNotReady: { only: 'namespace' },
  KubeContainerWaiting: { only: 'namespace' },
  KubePodCrashLooping: { only: 'cluster', ofComponents: true },
  KubeDaemonSetRolloutStuck: { only: 'cluster', ofComponents: true },
  KubeDaemonSetNotScheduled: { only: 'cluster', ofComponents: true },
  KubeDaemonSetMisScheduled: { only: 'cluster', ofComponents: true },
  KubeDeploymentReplicasMismatch: { only: 'cluster', ofComponents: true },
  KubeDeploymentRolloutStuck: { only: 'cluster', ofComponents: true },
  KubeProxyDown: { only: 'cluster' },
  CoreDNSDown: { only: 'cluster' },
  CoreDNSErrorsHigh: { only: 'cluster' },
  CoreDNSLatencyHigh: { only: 'cluster' },
  CoreDNSForwardErrorsHigh: { only: 'cluster' },
  CoreDNSForwardLatencyHigh: { only: 'cluster' },
  NodeNetworkReceiveErrs: { only: 'node' },
  NodeNetworkTransmitErrs: { only: 'node' },
  NodeNetworkInterfaceFlapping: { only: 'node' },
  NodeBondingDegraded: { only: 'node' },
  NodeHighNumberConntrackEntriesUsed: { only: 'node' },
};

/** Begins of the names of what the network of an ACK cluster consists of. */
const components = ['terway', 'kube-flannel', 'kube-proxy', 'coredns', 'node-local-dns', 'cilium', 'calico'];
const namingLabels = ['daemonset', 'deployment', 'pod', 'pod_name', 'container'];

export const isOfComponent = (labels: Readonly<Record<string, string>>): boolean =>
  namingLabels.some((label) => components.some((begin) => labels[label]?.startsWith(begin) === true));
