import type { ClusterReader } from '../../cluster/ports.js';
import { isAtLeast, type Version } from '../../cluster/versions.js';
import type { Evidence } from '../define-check.js';
import { type PodLog, sampleLogs, spread } from '../sample-logs.js';
import type { KubeProxy } from './kube-proxies.js';

/** Pods of one kube-proxy whose log is read; those that are not ready come first. */
export const SAMPLED_PODS = 5;
const TROUBLED_FIRST = 3;

/** What a kube-proxy wrote when it started. Source: cluster-signals 5.4. */
export interface ProxyStart {
  readonly pod: string;
  readonly node: string;
  /** `ipvs`, `iptables` or `nftables`; undefined = the line is not in the log (any more). */
  readonly mode?: string | undefined;
  readonly modeLine?: string | undefined;
  /** The line that says why IPVS cannot be used. */
  readonly refusal?: string | undefined;
}

export interface ProxyStarts {
  readonly starts: readonly ProxyStart[];
  /** Pods there are. */
  readonly of: number;
  readonly unread?: string | undefined;
}

const PROXIER = /using (ipvs|iptables|nftables) proxier/i;
const REFUSAL = /can't use the ipvs proxier|could not create dummy vs/i;
/** From 1.27 on the line that names the algorithm comes before the one that kube-proxy exits with. */
const NAMES_CAUSE = /could not create dummy vs|required kernel modules/i;

/** Reads from the beginning of the log, where kube-proxy says how it starts: no tail. */
export async function gatherProxyStarts(reader: ClusterReader, proxy: KubeProxy): Promise<ProxyStarts> {
  const troubled = proxy.pods.filter(({ ready }) => !ready).slice(0, TROUBLED_FIRST);
  const others = proxy.pods.filter((pod) => !troubled.includes(pod));
  const chosen = [...troubled, ...spread(others, SAMPLED_PODS - troubled.length)];
  const container = proxy.daemonSet?.containers.find(({ init }) => !init)?.name ?? proxy.name;
  const { logs, unread } = await sampleLogs(reader, chosen, { container, pods: chosen.length });
  return { starts: logs.map(startOf), of: proxy.pods.length, unread };
}

/** A container that restarted inside one log wrote several starts: the last one counts. */
function startOf({ pod, node, lines }: PodLog): ProxyStart {
  const modeLine = lines.findLast((line) => PROXIER.test(line));
  const refusals = lines.filter((line) => REFUSAL.test(line));
  const refusal = refusals.findLast((line) => NAMES_CAUSE.test(line)) ?? refusals.at(-1);
  return { pod, node, modeLine, mode: PROXIER.exec(modeLine ?? '')?.[1]?.toLowerCase(), refusal };
}

export const logEvidence = (pod: string, line: string): Evidence => ({
  where: `log of ${pod}`,
  value: line.trim().slice(0, 500),
});

/** Before 1.26 kube-proxy falls back to iptables where IPVS cannot be used, from then on it exits. */
export const fallsBack = (version: Version | undefined): boolean =>
  version !== undefined && !isAtLeast(version, '1.26');

export const sampledText = ({ starts, of }: ProxyStarts): string => `${starts.length} of ${of} pods sampled`;
