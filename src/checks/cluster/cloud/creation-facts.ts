import type { Fact } from '../../judging/define-check.js';
import { countedAt } from '../../terway/cloud/count-vswitches.js';
import type { SeenCluster } from './see-cluster.js';
import { listedVSwitches } from './vswitch-texts.js';

/** What ACK keeps of the cluster's creation; what it does not say is left out. */
export function creationFacts(seen: SeenCluster): readonly Fact[] {
  const { detail, detailAt } = seen;
  const where = `DescribeClusterDetail, ${countedAt({ at: detailAt })}`;
  const { loadBalancers, nodeCidrMask, podCidr, type, spec, version } = detail;
  const values: readonly (readonly [string, string | undefined])[] = [
    ['Cluster type', [type, spec, version].filter(Boolean).join(', ')],
    ['Created', detail.created],
    ['Pod CIDR (Flannel)', podCidr && nodeCidrMask ? `${podCidr}, a /${nodeCidrMask} a node` : podCidr],
    ['Service CIDR', detail.serviceCidr],
    ['IP stack', detail.ipStack],
    ['kube-proxy mode', detail.proxyMode],
    ['Control plane vSwitches', listedVSwitches(detail.vSwitches, seen)],
    ['Security group', detail.securityGroup],
    ['Worker RAM role', detail.workerRole],
    [
      'Load balancer of the API server',
      loadBalancers.map(({ id, type: kind }) => (kind === undefined ? id : `${id} (${kind})`)).join(', '),
    ],
  ];
  return values.flatMap(([label, value]) => (value ? [{ label, value, where }] : []));
}
