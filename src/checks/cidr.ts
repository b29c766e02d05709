import { isIPv6 as isIPv6Text } from 'node:net';
import ipaddr from 'ipaddr.js';

type Address = ReturnType<typeof ipaddr.parse>;
export interface Cidr {
  readonly text: string;
  readonly base: Address;
  readonly bits: number;
}

/** undefined = not a CIDR block. */
export function parseCidr(text: string): Cidr | undefined {
  if (!ipaddr.isValidCIDR(text.trim())) return undefined;
  const [base, bits] = ipaddr.parseCIDR(text.trim());
  return { text: text.trim(), base, bits };
}

/** Comma lists, as dual-stack settings write them; what is no CIDR is dropped. */
export const parseCidrs = (text: string | undefined): readonly Cidr[] =>
  (text ?? '').split(',').flatMap((part) => parseCidr(part) ?? []);

export function contains({ base, bits }: Cidr, address: string): boolean {
  // Asked of every node: what is of the other family is not taken apart.
  if (address.includes(':') !== (base.kind() === 'ipv6')) return false;
  if (!ipaddr.isValid(address)) return false;
  return ipaddr.parse(address).match(base, bits);
}

export function overlap(a: Cidr, b: Cidr): boolean {
  if (a.base.kind() !== b.base.kind()) return false;
  const bits = Math.min(a.bits, b.bits);
  return a.base.match(b.base, bits);
}

/** The block of `mask` bits that its first address lies in. */
export const networkOf = ({ base }: Cidr, mask: number): string =>
  (base.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6)
    .networkAddressFromCIDR(`${base.toString()}/${mask}`)
    .toString();

/** Asked of every pod of a cluster, so no address is taken apart for it. */
export const isIPv6 = (address: string): boolean => isIPv6Text(address);

/** Unicast addresses that are routed on the Internet (2000::/3); unique-local and link-local ones are not. */
export const isGlobalIPv6 = (address: string): boolean =>
  /^[23][0-9a-f]{3}:/i.test(address) && isIPv6(address);

/** As Kubernetes writes it (RFC 5952), whatever way it came; what is no address stays. */
export const canonicalAddress = (address: string): string =>
  ipaddr.isValid(address) ? ipaddr.parse(address).toString() : address;

/** How many blocks of `mask` bits fit. */
export const subnetsOf = ({ bits }: Cidr, mask: number): number => (mask < bits ? 0 : 2 ** (mask - bits));

/** Addresses host-local can hand out of a node's block: network, gateway and broadcast are taken. Source: cluster-signals 3.3. */
export const usableAddresses = ({ base, bits }: Cidr): number =>
  Math.max(0, 2 ** ((base.kind() === 'ipv4' ? 32 : 128) - bits) - 3);

/** Whether every address of the one block is in the other. */
export const within = (inner: Cidr, outer: Cidr): boolean =>
  inner.bits >= outer.bits && overlap(inner, outer);
