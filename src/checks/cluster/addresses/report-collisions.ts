import type { ObjectRef } from '../../../cluster/ports.js';
import type { NodeView } from '../../../cluster/views/node.js';
import { contains, overlap } from '../../cidr.js';
import type { Evidence, Judgement } from '../../judging/define-check.js';
import { type AddressRange, rangeEvidence, rangeLabel } from './address-range.js';
import type { clusterAddressesMessages } from './cluster-addresses-messages.js';

type Report = Judgement<typeof clusterAddressesMessages>;

interface Overlapping {
  readonly pods: readonly AddressRange[];
  readonly services: readonly AddressRange[];
  /** What a finding is about where no range can be taken away. */
  readonly owner: ObjectRef;
}

export function reportOverlaps(report: Report, { pods, services, owner }: Overlapping): void {
  for (const pod of pods)
    for (const service of services)
      if (overlap(pod, service))
        report.found('overlap', aboutRange(service) ?? owner, {
          data: {
            first: rangeLabel(pod),
            second: rangeLabel(service),
            remedy: remedyOf(service, 'Neither'),
          },
          evidence: [rangeEvidence(pod), rangeEvidence(service)],
        });
}

interface Surrounding {
  readonly ranges: readonly AddressRange[];
  readonly nodes: readonly NodeView[];
  readonly owner: ObjectRef;
}

/** On Terway pods and nodes share the VPC's addresses: only ranges apart from the VPC can collide with a node. */
export function reportNodesInside(report: Report, { ranges, nodes, owner }: Surrounding): void {
  for (const range of ranges) {
    const inside = nodes.flatMap((node) =>
      addressesOf(node).flatMap((address) => (contains(range, address) ? { node, address } : [])),
    );
    if (inside.length > 0)
      report.found('nodeInside', aboutRange(range) ?? owner, {
        data: { nodes: inside.length, range: rangeLabel(range), remedy: remedyOf(range, 'The range') },
        evidence: [rangeEvidence(range), ...inside.slice(0, 5).map(addressEvidence)],
      });
  }
}

const aboutRange = ({ addedAs }: AddressRange): ObjectRef | undefined =>
  addedAs === undefined ? undefined : { kind: 'ServiceCIDR', name: addedAs };

/** A range that was added later can go again; the others were fixed when the cluster was created. */
export const remedyOf = ({ addedAs }: AddressRange, subject: string): string =>
  addedAs === undefined
    ? `${subject} can${subject === 'Neither' ? '' : 'not'} be changed after the cluster was created.`
    : `Delete ServiceCIDR ${addedAs}, and make the Services anew that have an address of it.`;

/** Of both families, on a dual-stack node. */
const addressesOf = ({ addresses }: NodeView): readonly string[] =>
  addresses.flatMap(({ type, address }) => (type === 'InternalIP' ? [address] : []));

const addressEvidence = ({
  node,
  address,
}: {
  readonly node: NodeView;
  readonly address: string;
}): Evidence => ({
  where: `Node ${node.name}, InternalIP`,
  value: address,
});
