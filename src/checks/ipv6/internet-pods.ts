import type { PodView } from '../../cluster/views/pod.js';
import { canonicalAddress, isGlobalIPv6, isIPv6 } from '../cidr.js';
import type { Evidence } from '../judging/define-check.js';
import { listed } from '../listed.js';

/** Read by ack-extend-network-controller. Source: "Configure IPv6 Internet bandwidth for pods". */
export const BANDWIDTH = 'k8s.aliyun.com/ipv6-bandwidth';
export const EGRESS_ONLY = 'k8s.aliyun.com/ipv6-egress-only';

export const SHOWN = 8;

/** Whether a gateway can route an address of it to the Internet. Asked of every pod of a cluster. */
export const hasGlobal = ({ ips }: PodView): boolean => ips.some(isGlobalIPv6);

/** That address, as Kubernetes writes it. */
export function globalOf({ ips }: PodView): string | undefined {
  const found = ips.find(isGlobalIPv6);
  return found && canonicalAddress(found);
}

export const asksForBandwidth = ({ annotations }: PodView): boolean => annotations[BANDWIDTH] !== undefined;

export const isEgressOnly = ({ annotations }: PodView): boolean => {
  const value = annotations[EGRESS_ONLY];
  return value !== undefined && !/^(|false|0)$/i.test(value.trim());
};

export const podName = ({ namespace, name }: PodView): string => `${namespace}/${name}`;

export const podSummary = (list: readonly PodView[]) => ({
  count: list.length,
  pods: listed(list.map(podName), SHOWN),
});

export const podEvidence = (pod: PodView): Evidence => ({
  where: `Pod ${podName(pod)}, status.podIPs and annotations`,
  value: [
    pod.ips.filter(isIPv6).join(', ') || 'no IPv6 address',
    ...[BANDWIDTH, EGRESS_ONLY].flatMap((key) =>
      pod.annotations[key] === undefined ? [] : [`${key}=${pod.annotations[key]?.slice(0, 40)}`],
    ),
  ].join('; '),
});
