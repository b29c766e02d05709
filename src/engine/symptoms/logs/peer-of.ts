import { type Cidr, canonicalAddress, overlap, parseCidr } from '../../../checks/cidr.js';
import type { NodeView } from '../../../cluster/views/node.js';
import type { StampedLine } from './stamped-line.js';

/** Whether no node has that pod range or address any more; false where the nodes do not tell. */
export type IsGone = (peer: string) => boolean;

/** The range that a route of Flannel's leads to. */
const RANGE = /(?:Dst: |route to |vxlanRoute \()([\da-f.:]{2,45}\/\d{1,3})/i;
/** What Flannel says before it writes neighbour, bridge entry and route of one node. Source: flannel pkg/backend/vxlan/vxlan_network.go. */
const ANNOUNCED =
  /(?:Received Subnet Event with VxLan: |adding (?:v6 )?subnet: ).{0,120}?PublicIP(?:v6)?: ([\da-f.:]{2,45})/;

/** Where only IPv6 is on, the IPv4 address is the empty one. */
const announcedIn = ({ line }: StampedLine): string | undefined => {
  const address = ANNOUNCED.exec(line)?.[1];
  return address === '0.0.0.0' ? undefined : address;
};

/**
 * Whether the node that a complaint is about is gone, or was announced anew since: what fails then is said again. A bridge
 * entry names no node; the line that announced it does.
 */
export function isOverWithPeer(
  { line, index }: StampedLine,
  lines: readonly StampedLine[],
  isGone: IsGone,
): boolean {
  const range = RANGE.exec(line)?.[1];
  const address = lines
    .slice(0, index)
    .flatMap((before) => announcedIn(before) ?? [])
    .at(-1);
  if (range !== undefined && isGone(range)) return true;
  if (address === undefined) return false;
  return isGone(address) || lines.slice(index + 1).some((later) => announcedIn(later) === address);
}

const PUBLIC_IP = /\/public-ip(?:v6)?(?:-overwrite)?$/;

/** Flannel writes its address of a node on the node, and takes the range from it: one that no node has is of a node that is gone. */
export function goneFrom(nodes: readonly NodeView[]): IsGone {
  const own = nodes.flatMap(({ annotations }) =>
    Object.entries(annotations).flatMap(([key, value]) => (PUBLIC_IP.test(key) ? value : [])),
  );
  const addresses = new Set(
    [...own, ...nodes.flatMap((node) => node.addresses.map(({ address }) => address))].map(canonicalAddress),
  );
  const ranges = nodes.flatMap(({ podCIDRs }) => podCIDRs.flatMap((range) => parseCidr(range) ?? []));
  const isFree = (peer: Cidr): boolean =>
    ranges.some(({ base }) => base.kind() === peer.base.kind()) &&
    !ranges.some((range) => overlap(range, peer));
  return (peer) => {
    if (!peer.includes('/')) return own.length > 0 && !addresses.has(canonicalAddress(peer));
    const range = parseCidr(peer);
    return range !== undefined && isFree(range);
  };
}
