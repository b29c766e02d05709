/** A line with which flanneld exits, or an init container of its pod. */
interface FlannelExit {
  /** The first minor of Flannel 0.x seen to print it; none of those read up to 0.26 dropped one. */
  readonly since: number;
  /** Linear; the first group is the part to show. */
  readonly pattern: RegExp;
  /** What to do: a restart meets the same. */
  readonly remedy: string;
  /** It stands in ConfigMap kube-flannel-cfg, so a write of that ends it. */
  readonly configured?: true;
}

const CONFIG = 'Correct net-conf.json in ConfigMap kube-flannel-cfg.';
const INTERFACE =
  'Compare the interfaces of the node with the --iface options of the DaemonSet: flanneld needs one with an address and the default route.';

/**
 * The first that fits counts. Sources: flannel-io/flannel v0.7.1 to v0.26.0, main.go, subnet (pkg/subnet from 0.17 on) and
 * backend (pkg/backend); flag of Go's library.
 */
export const flannelExits: readonly FlannelExit[] = [
  {
    since: 7,
    pattern: /(failed to acquire lease: out of subnets)/,
    remedy:
      'The network has no node range left: remove the ranges of nodes that are gone, or plan a larger network.',
  },
  {
    since: 7,
    pattern: /(node "[^"]{0,253}" pod cidr not assigned)/,
    remedy: 'The node has no spec.podCIDR: see why it gets none, e.g. whether the Pod CIDR is used up.',
  },
  {
    since: 19,
    pattern:
      /(subnet "[^"]{0,100}" specified in the flannel net config doesn't contain "[^"]{0,100}".{0,200})/,
    remedy: 'The range of the node lies outside the network in net-conf.json of ConfigMap kube-flannel-cfg.',
    configured: true,
  },
  {
    since: 7,
    pattern: /(failed to acquire lease: .{0,300})/,
    remedy: 'Without a lease flanneld ends: mend what this says.',
  },
  { since: 7, pattern: /(error parsing subnet config: .{0,300})/, remedy: CONFIG, configured: true },
  { since: 7, pattern: /(failed to read net conf: .{0,300})/, remedy: CONFIG, configured: true },
  { since: 7, pattern: /(unknown backend type: .{0,100})/, remedy: CONFIG, configured: true },
  { since: 8, pattern: /(Failed to find any valid interface to use: .{0,300})/, remedy: INTERFACE },
  { since: 8, pattern: /(Failed to find interface to use that matches .{0,200})/, remedy: INTERFACE },
  {
    since: 26,
    pattern: /(Failed to check br_netfilter: .{0,300})/,
    remedy: 'Load the kernel module br_netfilter on the node.',
  },
  {
    since: 7,
    pattern: /(error retrieving pod spec for '[^']{0,300}': .{0,300}(?:forbidden|Unauthorized).{0,100})/,
    remedy: 'Give the service account of Flannel its role back.',
  },
  {
    since: 7,
    pattern: /(error retrieving pod spec for '[^']{0,300}': .{0,300})/,
    remedy: 'Flannel does not reach the API server: look at kube-proxy and the routes of the node.',
  },
  {
    since: 7,
    pattern: /^(flag provided but not defined: .{0,100})/,
    remedy: 'Correct the command of the DaemonSet.',
  },
];

export interface FlannelExitLine {
  readonly exit: FlannelExit;
  readonly part: string;
  readonly line: string;
}

const LONGEST_LINE = 2_000;

/** The newest line that names why Flannel ends; undefined = none that is known. */
export function flannelExitIn(lines: readonly string[]): FlannelExitLine | undefined {
  return lines.flatMap((line) => exitOf(line.slice(0, LONGEST_LINE)) ?? []).at(-1);
}

function exitOf(line: string): FlannelExitLine | undefined {
  for (const exit of flannelExits) {
    const part = exit.pattern.exec(line)?.[1];
    if (part !== undefined) return { exit, part: part.trim(), line };
  }
  return undefined;
}
