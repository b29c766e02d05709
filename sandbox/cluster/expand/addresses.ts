/** Where the pods of a node get their addresses: CIDRs; a dual-stack node has both. */
export interface NodeRange {
  readonly ipv4: string;
  readonly ipv6?: string;
  /** First host number handed out: 2 after a bridge's gateway, more on a vSwitch. */
  readonly first: number;
}

export interface Addresses {
  /** Free addresses of the node's range, IPv4 first; none where the range is used up or the node has none. */
  take(node: string, options?: { ipv4Only?: boolean }): readonly string[];
  release(address: string): void;
}

export function createAddresses(ranges: ReadonlyMap<string, NodeRange>): Addresses {
  const taken = new Set<string>();
  return {
    take(node, { ipv4Only = false } = {}) {
      const range = ranges.get(node);
      const host = range && freeHost(range, taken);
      if (range === undefined || host === undefined) return [];
      const ipv4 = nthIpv4(range.ipv4, host);
      taken.add(ipv4);
      return range.ipv6 === undefined || ipv4Only ? [ipv4] : [ipv4, nthIpv6(range.ipv6, host)];
    },
    release: (address) => void taken.delete(address),
  };
}

function freeHost({ ipv4, first }: NodeRange, taken: ReadonlySet<string>): number | undefined {
  const size = 2 ** (32 - Number(ipv4.split('/')[1]));
  for (let host = first; host < size - 1; host += 1) if (!taken.has(nthIpv4(ipv4, host))) return host;
  return undefined;
}

function nthIpv4(cidr: string, host: number): string {
  const base = (cidr.split('/')[0] ?? '').split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const address = base + host;
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

/** Of a /64 written as `prefix::/64`. */
const nthIpv6 = (cidr: string, host: number): string =>
  `${(cidr.split('/')[0] ?? '').replace(/::$/, '')}::${host.toString(16)}`;
