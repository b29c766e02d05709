import { spread } from '../../checks/sample-logs.js';
import { isTerwayPod } from '../../checks/terway/terway-pods.js';
import type { ClusterReader } from '../../cluster/ports.js';
import { type PodView, pods } from '../../cluster/views/pod.js';
import { isAcknetError } from '../../errors.js';
import { count } from '../../texts/count.js';
import type { Proof } from '../define-remediation.js';

const SAMPLE = 3;
const LIMIT_BYTES = 131_072;

interface PolicyLogProof {
  readonly nodes: readonly string[];
  readonly since: Date;
  readonly line: RegExp;
}

/** Source: FAQ, cluster-signals 2.11: the line in the log of container `policy`, from a sample of the restarted pods. */
export async function provePolicyLog(
  reader: ClusterReader,
  { nodes, since, line }: PolicyLogProof,
): Promise<Proof> {
  const all = await reader.list(pods, { namespace: 'kube-system' });
  const restarted = all.filter((pod) => isTerwayPod(pod) && nodes.includes(pod.node ?? ''));
  const found = await Promise.all(
    spread(restarted, SAMPLE).map((pod) => lineOf(reader, pod, { since, line })),
  );
  const sample = `${found.length} of ${count(restarted.length, 'pod')} sampled`;
  const shown = found.find((entry) => entry !== undefined);
  if (shown === undefined || found.includes(undefined))
    return {
      state: 'unreadable',
      detail: `Not every log of container policy has the line that says so (${sample}); some versions print none.`,
    };
  return { state: 'in-effect', detail: `The policy container says "${shown}" (${sample}).` };
}

async function lineOf(
  reader: ClusterReader,
  pod: PodView,
  { since, line }: Pick<PolicyLogProof, 'since' | 'line'>,
): Promise<string | undefined> {
  try {
    const text = await reader.podLog({
      namespace: pod.namespace,
      pod: pod.name,
      container: 'policy',
      limitBytes: LIMIT_BYTES,
      sinceTime: new Date(Math.floor(since.getTime() / 1000) * 1000).toISOString(),
    });
    return text
      .split('\n')
      .find((entry) => line.test(entry))
      ?.trim();
  } catch (error) {
    if (isAcknetError(error)) return undefined;
    throw error;
  }
}
