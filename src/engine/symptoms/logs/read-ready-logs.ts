import { groupBy } from '../../../checks/group-by.js';
import { hasStoppedReporting } from '../../../checks/node-kinds.js';
import { type PodLog, readLog, spread } from '../../../checks/sample-logs.js';
import type { ClusterReader } from '../../../cluster/ports.js';
import { isOfComponents, type PodView } from '../../../cluster/views/pod.js';
import { type AcknetError, isAcknetError } from '../../../errors.js';
import type { SymptomFacts } from '../symptom-facts.js';
import { workloadOf } from '../workload-of.js';
import type { Speaker } from './complaint-wordings.js';

/** Logs that one run reads for this, of all components together: a small cluster’s whole, a sample of a large one’s. */
const BUDGET = 24;
/** As Terway’s own checks read it, so that the same log is read once. */
const TAIL_LINES = 200;

export interface SpokenLog extends PodLog {
  readonly view: PodView;
  readonly speaker: Speaker;
}

/** What was read, and the pods whose log was asked for in vain; not those that are gone since. */
export interface ReadyLogs {
  readonly logs: readonly SpokenLog[];
  readonly unread: readonly UnreadLog[];
}

interface UnreadLog {
  readonly view: PodView;
  readonly fault: AcknetError;
}

/** The last lines of Ready components: first those where something shows (`troubled`), then spread over the nodes. */
export async function readReadyLogs(
  reader: ClusterReader,
  facts: Pick<SymptomFacts, 'pods' | 'nodes'>,
  troubled: ReadonlySet<string>,
): Promise<ReadyLogs> {
  const silent = new Set(facts.nodes.filter(hasStoppedReporting).map(({ name }) => name));
  const able = facts.pods.filter((pod) => pod.ready && !pod.deleting && !silent.has(pod.node ?? ''));
  const spoken = able.flatMap((view) => {
    const speaker = speakerOf(view);
    const container = view.containers.find(({ init }) => !init)?.name;
    return speaker === undefined || container === undefined ? [] : [{ view, speaker, container }];
  });
  const groups = [...groupBy(spoken, ({ view }) => workloadOf(view) ?? '').values()];
  const share = Math.max(1, Math.floor(BUDGET / Math.max(1, groups.length)));
  const chosen = groups.flatMap((members) => choose(members, { share, troubled })).slice(0, BUDGET);
  const read = await Promise.all(chosen.map((one) => readOne(reader, one)));
  return {
    logs: read.flatMap((one) => ('lines' in one ? [one] : [])),
    unread: read.flatMap((one) => ('fault' in one && one.fault.code !== 'cluster.not-found' ? [one] : [])),
  };
}

type Spoken = Pick<SpokenLog, 'view' | 'speaker'> & { readonly container: string };

function choose(
  members: readonly Spoken[],
  { share, troubled }: { readonly share: number; readonly troubled: ReadonlySet<string> },
): readonly Spoken[] {
  const first = spread(
    members.filter(({ view }) => troubled.has(view.node ?? '')),
    share,
  );
  const others = members.filter((one) => !first.includes(one));
  return [...first, ...spread(others, share - first.length)];
}

async function readOne(
  reader: ClusterReader,
  { view, speaker, container }: Spoken,
): Promise<SpokenLog | UnreadLog> {
  const log = await readLog(reader, view, { container, tailLines: TAIL_LINES, timestamps: true });
  return isAcknetError(log) ? { view, fault: log } : { ...log, view, speaker };
}

const SPEAKERS: readonly (readonly [RegExp, Speaker])[] = [
  [/^kube-proxy/, 'kube-proxy'],
  [/^(?:kube-)?flannel/, 'Flannel'],
  [/^terway(?!-controlplane)/, 'Terway'],
  [/^(?:coredns|kube-dns)/, 'CoreDNS'],
  [/^(?:ack-)?node-?local-?dns|^k8s-dns-node-cache/, 'NodeLocal DNSCache'],
];

/** By its controller's name, else by its image's. */
function speakerOf({ namespace, owner, containers }: PodView): Speaker | undefined {
  if (!isOfComponents(namespace) || owner === undefined) return undefined;
  const image = containers.find(({ init }) => !init)?.image ?? '';
  return [owner.name, image.slice(image.lastIndexOf('/') + 1)]
    .flatMap((name) => SPEAKERS.find(([pattern]) => pattern.test(name))?.[1] ?? [])
    .at(0);
}
