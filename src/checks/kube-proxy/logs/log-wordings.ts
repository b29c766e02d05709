/** What a line of kube-proxy's log tells. */
export type Tells =
  /** In which mode it runs. */
  | 'mode'
  /** That IPVS cannot be used there. */
  | 'no-ipvs'
  /** Why it exits: a fault of the configuration, of the command line, of the node. */
  | 'bad-gate'
  | 'bad-config'
  | 'bad-flag'
  | 'wrong-family'
  | 'no-range'
  | 'port-taken';

/** One wording, with the minor releases of Kubernetes 1.x that print it, as far as their source was read. */
interface LogWording {
  readonly tells: Tells;
  readonly from: number;
  readonly to: number;
  /** Linear; the first group, where there is one, is the part to show. */
  readonly pattern: RegExp;
}

/**
 * Sources: kubernetes cmd/kube-proxy/app/server.go and server_others.go (server_linux.go from 1.27 on), options.go from 1.31
 * on; pkg/proxy/ipvs/proxier.go; k8s.io/component-base featuregate/feature_gate.go. The first that fits counts.
 */
export const logWordings: readonly LogWording[] = [
  { tells: 'mode', from: 14, to: 21, pattern: /\bUsing (ipvs|iptables|userspace) Proxier\./ },
  { tells: 'mode', from: 22, to: 36, pattern: /\bUsing (ipvs|iptables|nftables|userspace) Proxier\b/i },
  { tells: 'no-ipvs', from: 14, to: 18, pattern: /can't determine whether to use ipvs proxy, error: (.*)/ },
  { tells: 'no-ipvs', from: 19, to: 21, pattern: /Can't use the IPVS proxier: (.*)/ },
  { tells: 'no-ipvs', from: 22, to: 25, pattern: /"Can't use the IPVS proxier" err="(.*)/ },
  { tells: 'no-ipvs', from: 26, to: 36, pattern: /can't use the IPVS proxier: (.*)/ },
  { tells: 'no-ipvs', from: 27, to: 36, pattern: /could not create dummy VS"? ?(.*)/i },
  { tells: 'no-ipvs', from: 14, to: 25, pattern: /Can't use ipvs proxier, trying iptables proxier/ },
  { tells: 'bad-gate', from: 14, to: 36, pattern: /(failed complete: unrecognized feature gate: .*)/ },
  { tells: 'bad-gate', from: 14, to: 36, pattern: /(failed complete: cannot set feature gate .*)/ },
  {
    tells: 'bad-gate',
    from: 35,
    to: 36,
    pattern: /(failed complete: \S+ is enabled, but depends on features .*)/,
  },
  { tells: 'bad-config', from: 14, to: 36, pattern: /(failed complete: .*)/ },
  { tells: 'bad-config', from: 14, to: 36, pattern: /(failed validate: .*)/ },
  { tells: 'bad-config', from: 28, to: 36, pattern: /(initialize logging: .*)/ },
  { tells: 'bad-config', from: 18, to: 27, pattern: /(cannot determine detect-local-mode: .*)/ },
  { tells: 'wrong-family', from: 28, to: 36, pattern: /(kube-proxy configuration is incorrect: .*)/ },
  { tells: 'no-range', from: 18, to: 36, pattern: /(timeout waiting for PodCIDR allocation .*)/ },
  { tells: 'bad-flag', from: 14, to: 36, pattern: /^(Error: unknown (?:shorthand )?flag: .*)/ },
  { tells: 'bad-flag', from: 20, to: 36, pattern: /("kube-proxy" does not take any arguments, .*)/ },
  { tells: 'port-taken', from: 14, to: 36, pattern: /(listen tcp\d? \S+: bind: .*)/ },
];

export interface ToldLine {
  readonly tells: Tells;
  /** The part that says it, cut to a length. */
  readonly part: string;
  readonly line: string;
}

const LONGEST_LINE = 2_000;
const LONGEST_PART = 300;

/** What a line tells, whichever release printed it; undefined = nothing that is known. */
export function toldBy(line: string): ToldLine | undefined {
  const text = line.slice(0, LONGEST_LINE);
  for (const { tells, pattern } of logWordings) {
    const match = pattern.exec(text);
    if (match !== null) return { tells, part: shown(match[1] ?? match[0]), line: text };
  }
  return undefined;
}

/** Without the quotes and escapes that the log line puts around it. */
const shown = (part: string): string =>
  part.replaceAll('\\"', '"').trim().replace(/"\}?$/, '').slice(0, LONGEST_PART);
