import type { ObjectRef } from '../../../cluster/ports.js';
import type { NodeView } from '../../../cluster/views/node.js';
import { count } from '../../../texts/count.js';
import type { Judgement } from '../../judging/define-check.js';
import { type AddressRange, rangeEvidence } from './address-range.js';
import type { clusterAddressesMessages } from './cluster-addresses-messages.js';
import { rangesLeft } from './pod-ranges.js';

type Report = Judgement<typeof clusterAddressesMessages>;

/** Custom entries a VPC route table holds by default; Flannel needs one a node. */
export const ROUTE_QUOTA = 200;
const NEARLY = 0.9;

interface Shared {
  readonly pods: readonly AddressRange[];
  readonly nodes: readonly NodeView[];
  readonly owner: ObjectRef;
}

/** How many further nodes Flannel has a range for. */
export function reportRangesLeft(report: Report, { pods, nodes, owner }: Shared): void {
  for (const { range, mask, total, left } of pods.flatMap((pod) => rangesLeft(pod, nodes) ?? [])) {
    const data = { range: range.text, left, mask, total };
    report.fact({
      label: 'Node ranges left',
      value: `${left} of ${total} (/${mask} each)`,
      where: range.where,
    });
    if (left === 0) report.found('podRangesSpent', owner, { data, evidence: [rangeEvidence(range)] });
    else if (left < total * (1 - NEARLY))
      report.found('podRangesLow', owner, { data, evidence: [rangeEvidence(range)] });
  }
}

export function reportRoutesLeft(report: Report, nodes: number): void {
  if (nodes < ROUTE_QUOTA * NEARLY) return;
  report.found(
    'routesNearQuota',
    { kind: 'Cluster', name: 'nodes' },
    {
      data: { nodes, quota: ROUTE_QUOTA },
      evidence: [{ where: 'Nodes', value: `${count(nodes, 'node')} with a pod range` }],
    },
  );
}
