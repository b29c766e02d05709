import type { ClusterReader } from '../../../cluster/ports.js';
import { isAtLeast, parseVersion, type Version } from '../../../cluster/identity/versions.js';
import type { PodView } from '../../../cluster/views/pod.js';
import { count } from '../../../texts/count.js';
import type { Evidence } from '../../judging/define-check.js';
import { type PodLog, sampleLogs, spread } from '../../sample-logs.js';
import type { KubeProxy } from '../kube-proxies.js';
import { type ToldLine, toldBy } from './log-wordings.js';

/** Pods of one kube-proxy whose log is read; those that are not ready come first. */
const SAMPLED_PODS = 5;
const TROUBLED_FIRST = 3;

/** What a kube-proxy wrote when it started. Source: cluster-signals 5.4. */
export interface ProxyStart {
  readonly pod: string;
  readonly node: string;
  /** Release of the image that runs there, which need not be the DaemonSet's present one. */
  readonly version?: Version | undefined;
  /** `ipvs`, `iptables`, `nftables` or `userspace`; undefined = no line read says it. */
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

/** Reads from the beginning of the log, where kube-proxy says how it starts: no tail. */
export async function gatherProxyStarts(reader: ClusterReader, proxy: KubeProxy): Promise<ProxyStarts> {
  const troubled = proxy.pods.filter(({ ready }) => !ready).slice(0, TROUBLED_FIRST);
  const others = proxy.pods.filter((pod) => !troubled.includes(pod));
  const chosen = [...troubled, ...spread(others, SAMPLED_PODS - troubled.length)];
  const container = proxy.daemonSet?.containers.find(({ init }) => !init)?.name ?? proxy.name;
  const { logs, unread } = await sampleLogs(reader, chosen, { container, pods: chosen.length });
  const podOf = new Map(chosen.map((pod) => [pod.name, pod]));
  return { starts: logs.map((log) => startOf(log, podOf.get(log.pod))), of: proxy.pods.length, unread };
}

/** A container that restarted inside one log wrote several starts: the last one counts. */
function startOf({ pod, node, lines }: PodLog, view: PodView | undefined): ProxyStart {
  const told = lines.flatMap((line) => toldBy(line) ?? []);
  const mode = told.findLast(({ tells }) => tells === 'mode');
  const refusals = told.filter(({ tells }) => tells === 'no-ipvs');
  const refusal = refusals.findLast(namesCause) ?? refusals.at(-1);
  const image = view?.containers.find(({ init }) => !init)?.image;
  return {
    pod,
    node,
    version: image === undefined ? undefined : parseVersion(image),
    modeLine: mode?.line,
    mode: mode?.part,
    refusal: refusal?.line,
  };
}

/** From 1.27 on the line that names the algorithm comes before the one that kube-proxy exits with. */
const namesCause = ({ line }: ToldLine): boolean =>
  /could not create dummy vs|required kernel modules/i.test(line);

const MODULES = /required kernel modules are not loaded: \[([\w ]*)\]/;

/** The kernel modules that a refusal names; none = it names none. */
export const missingModules = (refusal: string): readonly string[] =>
  MODULES.exec(refusal)?.[1]?.split(' ').filter(Boolean) ?? [];

export const logEvidence = (pod: string, line: string): Evidence => ({
  where: `log of ${pod}`,
  value: line.trim().slice(0, 500),
});

/** Before 1.26 kube-proxy falls back to iptables where IPVS cannot be used, from then on it exits. */
export const fallsBack = (version: Version | undefined): boolean =>
  version !== undefined && !isAtLeast(version, '1.26');

export const sampledText = ({ starts, of }: ProxyStarts): string =>
  `${starts.length} of ${count(of, 'pod')} sampled`;
