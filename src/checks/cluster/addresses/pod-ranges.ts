import { flag, text } from '../../../cluster/fields.js';
import { parseJsonObject } from '../../../cluster/parse-json.js';
import type { NodeView } from '../../../cluster/views/node.js';
import type { TerwayNodeView } from '../../../cluster/views/terway/terway-node.js';
import { type Cidr, contains, networkOf, parseCidrs, subnetsOf } from '../../cidr.js';
import { type AddressRange, rangesNamed, uniqueRanges } from './address-range.js';

const NET_CONF = 'ConfigMap kube-system/kube-flannel-cfg, data["net-conf.json"]';

/** What Flannel is told: `Network`, and `IPv6Network` where IPv6 is on. */
export function flannelPodRanges(netConf: string | undefined): readonly AddressRange[] {
  const parsed = parseJsonObject(netConf ?? '');
  const second = flag(parsed, 'EnableIPv6') === true ? text(parsed, 'IPv6Network') : undefined;
  return [
    ...rangesNamed('Pod CIDR', `${NET_CONF}.Network`, text(parsed, 'Network')),
    ...rangesNamed('Pod CIDR', `${NET_CONF}.IPv6Network`, second),
  ];
}

/** Ranges of single nodes that lie in none of the cluster's: what was handed out before a setting changed. */
export const strayNodeRanges = (
  list: readonly NodeView[],
  known: readonly AddressRange[],
): readonly AddressRange[] =>
  list.flatMap(({ name, podCIDRs }) =>
    podCIDRs
      .flatMap((cidr) => rangesNamed(`Pod range of node ${name}`, `Node ${name}, spec.podCIDRs`, cidr))
      .filter(
        (range) => !known.some((other) => other.bits <= range.bits && contains(other, range.base.toString())),
      ),
  );

/** Blocks of the vSwitches that pods get addresses of; only centralised address management shows them. */
export function vSwitchRanges(resources: readonly TerwayNodeView[]): readonly AddressRange[] {
  // Thousands of ENIs are of a few vSwitches.
  const first = new Map<string, readonly AddressRange[]>();
  for (const { name, interfaces } of resources)
    for (const { id, vSwitch, ipv4Cidr } of interfaces)
      if (!first.has(ipv4Cidr))
        first.set(
          ipv4Cidr,
          rangesNamed(
            `vSwitch ${vSwitch || 'of an ENI'}`,
            `nodes.network.alibabacloud.com ${name}, status.networkInterfaces["${id}"].ipv4CIDR`,
            ipv4Cidr,
          ),
        );
  return uniqueRanges([...first.values()].flat());
}

/** How many further nodes a range has blocks for, in the mask that the newest node got. */
interface RangesLeft {
  readonly range: AddressRange;
  readonly mask: number;
  readonly total: number;
  readonly left: number;
}

/** undefined = no node has a block of this range, so it is not known how large the next one is. */
export function rangesLeft(range: AddressRange, list: readonly NodeView[]): RangesLeft | undefined {
  const blocks = list.flatMap((node) =>
    node.podCIDRs
      .flatMap(parseCidrs)
      .filter((block) => contains(range, block.base.toString()))
      .map((block) => ({ block, createdAt: node.createdAt ?? '' })),
  );
  const [newest] = blocks.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
  if (newest === undefined) return undefined;
  const mask = newest.block.bits;
  const total = subnetsOf(range, mask);
  return {
    range,
    mask,
    total,
    left: Math.max(
      0,
      total -
        takenOf(
          blocks.map(({ block }) => block),
          mask,
        ),
    ),
  };
}

/** A larger block takes several of this mask; smaller ones that lie in one take it together. */
function takenOf(blocks: readonly Cidr[], mask: number): number {
  const larger = blocks.filter(({ bits }) => bits <= mask);
  const smaller = new Set(blocks.filter(({ bits }) => bits > mask).map((block) => networkOf(block, mask)));
  return larger.reduce((sum, { bits }) => sum + 2 ** (mask - bits), smaller.size);
}
