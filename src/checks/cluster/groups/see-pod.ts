import type { CloudReader } from '../../../cloud/ports.js';
import { type NetworkInterface, networkInterfaces } from '../../../cloud/views/network-interface.js';
import type { NodeView } from '../../../cluster/views/node.js';
import type { PodView } from '../../../cluster/views/pod.js';
import { canonicalAddress, contains, isIPv6, parseCidr } from '../../cidr.js';
import { instanceOf } from '../../node-kinds.js';

/** An address, and the interface that its packets leave and enter by. */
export interface SeenEnd {
  readonly address: string;
  readonly card: NetworkInterface;
  /** The address is none of the interface's: the VPC routes it there, as Flannel's. */
  readonly routed: boolean;
}

interface Wanted {
  readonly pod: PodView;
  readonly node: NodeView | undefined;
  /** The other end: the pod's address of the same family is meant. */
  readonly beside: string;
}

/** Text = why it could not be told. */
export async function seePod(cloud: CloudReader, { pod, node, beside }: Wanted): Promise<SeenEnd | string> {
  const label = `Pod ${pod.namespace}/${pod.name}`;
  const address = pod.ips.find((ip) => isIPv6(ip) === isIPv6(beside));
  if (address === undefined)
    return `${label} has no ${isIPv6(beside) ? 'IPv6' : 'IPv4'} address (it is ${pod.phase})`;
  const instance = node && instanceOf(node);
  if (instance === undefined)
    return `${label} is on ${pod.node ?? 'no node'}, which is no ECS instance by its provider id`;
  const { items } = await cloud.read(networkInterfaces, { InstanceId: instance });
  const own = items.find((card) => holds(card, address));
  if (own !== undefined) return { address, card: own, routed: false };
  const primary = items.find(({ type }) => type === 'Primary');
  if (primary !== undefined && isInRange(node, address)) return { address, card: primary, routed: true };
  const elsewhere = await cardWith(cloud, address, primary?.vpc);
  if (elsewhere !== undefined) return { address, card: elsewhere, routed: false };
  return `No ENI of ${instance} holds ${address}, the address of ${label}, and it is in no pod range of the node`;
}

/** The only address is the primary one, said or not; undefined = not told. */
export const primaryAddress = ({ primaryIp, ips }: NetworkInterface): string | undefined =>
  primaryIp ?? (ips.length === 1 ? ips[0] : undefined);

/** IPv6 has many ways to write one address, and the cloud need not take that of Kubernetes. */
const holds = ({ ips, prefixes }: NetworkInterface, address: string): boolean =>
  ips.some((ip) => canonicalAddress(ip) === canonicalAddress(address)) ||
  prefixes.some((block) => isIn(block, address));

const isIn = (block: string, address: string): boolean => {
  const cidr = parseCidr(block);
  return cidr !== undefined && contains(cidr, address);
};

const isInRange = (node: NodeView | undefined, address: string): boolean =>
  node?.podCIDRs.some((block) => isIn(block, address)) === true;

/** One that hangs on a trunk need not be listed with the instance. */
async function cardWith(
  cloud: CloudReader,
  address: string,
  vpc: string | undefined,
): Promise<NetworkInterface | undefined> {
  const cards = await cardsWith(cloud, address);
  return vpc === undefined ? undefined : cards.find((card) => card.vpc === vpc);
}

/** In any VPC of the region. */
export async function cardsWith(cloud: CloudReader, address: string): Promise<readonly NetworkInterface[]> {
  const query = isIPv6(address) ? { Ipv6Address: [address] } : { PrivateIpAddress: [address] };
  const { items } = await cloud.read(networkInterfaces, query);
  return items.filter((card) => holds(card, address));
}
