import { toldBy } from '../../checks/kube-proxy/logs/log-wordings.js';
import { spread } from '../../checks/sample-logs.js';
import type { ClusterReader } from '../../cluster/ports.js';
import { type PodView, pods } from '../../cluster/views/pod.js';
import { isAcknetError } from '../../errors.js';
import { count } from '../../texts/count.js';
import type { Proof } from '../define-remediation.js';

/** Pods whose log is read. */
const SAMPLE = 3;
const LIMIT_BYTES = 65_536;
const CONNTRACK = /setting nf_conntrack_max\b/i;
const NAME = /^kube-proxy-(worker|master)$/;

interface KubeProxyProof {
  readonly nodes: readonly string[];
  /** Lines before it are of an earlier life of the container. */
  readonly since: Date;
}

/** Source: cluster-signals 5.4: what kube-proxy says at its start, from a sample of the restarted pods. */
export async function proveKubeProxy(
  reader: ClusterReader,
  { nodes, since }: KubeProxyProof,
): Promise<Proof> {
  const all = await reader.list(pods, { namespace: 'kube-system' });
  const restarted = all.filter(
    ({ owner, node }) => owner?.kind === 'DaemonSet' && NAME.test(owner.name) && nodes.includes(node ?? ''),
  );
  const logs = await Promise.all(spread(restarted, SAMPLE).map((pod) => firstLines(reader, pod, since)));
  const sample = `${logs.length} of ${count(restarted.length, 'pod')} sampled`;

  const broken = logs.flatMap(({ pod, lines }) => lines.filter(isBroken).map((line) => `${pod}: ${line}`));
  if (broken[0]) return { state: 'not-in-effect', detail: `${broken[0]} (${sample})` };
  const mode = logs.map(({ lines }) => lines.find((line) => toldBy(line)?.tells === 'mode'));
  const conntrack = logs.flatMap(({ lines }) => lines.find((line) => CONNTRACK.test(line)) ?? []);
  if (logs.length === 0 || mode.includes(undefined))
    return { state: 'unreadable', detail: `Not every log says which proxier runs (${sample}).` };
  const lines = [mode[0], conntrack[0]].filter(Boolean).map((line) => `"${line}"`);
  return { state: 'in-effect', detail: `kube-proxy says ${lines.join(' and ')} (${sample}).` };
}

/** Any line that says why kube-proxy exits or does without IPVS; one of a port is only tried again. */
function isBroken(line: string): boolean {
  const tells = toldBy(line)?.tells;
  return tells !== undefined && tells !== 'mode' && tells !== 'port-taken';
}

async function firstLines(
  reader: ClusterReader,
  pod: PodView,
  since: Date,
): Promise<{ pod: string; lines: string[] }> {
  try {
    const text = await reader.podLog({
      namespace: pod.namespace,
      pod: pod.name,
      container: pod.owner?.name ?? '',
      limitBytes: LIMIT_BYTES,
      sinceTime: new Date(Math.floor(since.getTime() / 1000) * 1000).toISOString(),
    });
    return { pod: pod.name, lines: text.split('\n').filter(Boolean) };
  } catch (error) {
    if (isAcknetError(error)) return { pod: pod.name, lines: [] };
    throw error;
  }
}
