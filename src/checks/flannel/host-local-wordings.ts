/** How the IPAM plugin host-local says that it has no address left, by version of the CNI plugins. */
interface HostLocalWording {
  readonly since: string;
  readonly until?: string;
  /** Linear; the first group is the first address of the range, where it names one. */
  readonly pattern: RegExp;
}

/** Source: containernetworking/plugins, plugins/ipam/host-local/backend/allocator/allocator.go of v0.1.0 to v1.9. */
export const hostLocalWordings: readonly HostLocalWording[] = [
  { since: '0.6.0', pattern: /no IP addresses available in range set: ([\da-fA-F.:]{2,45})-/ },
  // It names the network of the CNI config instead.
  { since: '0.1.0', until: '0.6.0', pattern: /no IP addresses available in network: \S{1,100}/ },
];

interface NoAddress {
  /** First address of the spent range; undefined = the words name none. */
  readonly first: string | undefined;
}

export function noAddress(message: string): NoAddress | undefined {
  for (const { pattern } of hostLocalWordings) {
    const match = pattern.exec(message);
    if (match !== null) return { first: match[1] };
  }
  return undefined;
}
