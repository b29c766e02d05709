import type { WriteRecord } from '../../sandbox/cluster/api/route.js';
import type { ClusterSimulator } from '../../sandbox/cluster/start-cluster-simulator.js';
import { list, text } from '../../src/cluster/fields.js';
import type { AuditEntry } from '../../src/proposals/ports.js';

interface PodFacts {
  readonly uid: string;
  readonly node: string;
  readonly owner: string;
}

/** Where each pod there ever was ran, and what for: a write log names deleted pods only. */
export function watchPods({ store, kind }: ClusterSimulator): (name: string) => PodFacts | undefined {
  const seen = new Map<string, PodFacts>();
  const note = (pod: unknown) =>
    seen.set(text(pod, 'metadata', 'name') ?? '', {
      uid: text(pod, 'metadata', 'uid') ?? '',
      node: text(pod, 'spec', 'nodeName') ?? '',
      owner: text(list(pod, 'metadata', 'ownerReferences')[0], 'name') ?? '',
    });
  store.all(kind('Pod')).forEach(note);
  store.subscribe(({ kind: changed, object }) => void (changed.kind === 'Pod' && note(object)));
  return (name) => seen.get(name);
}

export interface Joined {
  /** Writes that no step of an approved change accounts for. */
  readonly orphanWrites: readonly string[];
  /** Steps recorded as done that the API server knows nothing of. */
  readonly orphanSteps: readonly string[];
  readonly matched: number;
}

interface Input {
  /** Of one cluster, dry runs left out. */
  readonly writes: readonly WriteRecord[];
  /** Of the same cluster, oldest first. */
  readonly audit: readonly AuditEntry[];
  readonly podOf: (name: string) => PodFacts | undefined;
}

/** One write to one step that was begun before it, by a proposal that was approved before that. */
export function joinWrites({ writes, audit, podOf }: Input): Joined {
  const begun = audit.flatMap((entry, index) =>
    entry.action === 'step.started' ? [{ entry, index, used: false }] : [],
  );
  const approvedBefore = (id: string | undefined, index: number) =>
    audit.slice(0, index).some(({ proposal, to }) => proposal === id && to === 'approved');
  const orphanWrites = writes.filter((write) => {
    const wanted = titleOf(write, podOf);
    const match = begun.find(
      ({ entry, index, used }) =>
        !used &&
        `${entry.detail} `.startsWith(wanted) &&
        entry.at <= write.at &&
        approvedBefore(entry.proposal, index),
    );
    if (match) match.used = true;
    return match === undefined;
  });
  const orphanSteps = audit.filter(
    (entry) => isWritten(entry) && !begun.some((step) => step.used && sameStep(step.entry, entry)),
  );
  return {
    orphanWrites: orphanWrites.map(({ user, verb, path }) => `${user} ${verb} ${path}`),
    orphanSteps: orphanSteps.map(({ proposal, detail }) => `${proposal} ${detail}`),
    matched: writes.length - orphanWrites.length,
  };
}

/** The audit record's words for what was written; a pod is the very one that the step named. */
function titleOf({ verb, path }: WriteRecord, podOf: Input['podOf']): string {
  const [, namespace, plural = '', name = ''] =
    /^\/api\/v1(?:\/namespaces\/([^/]+))?\/([^/]+)\/([^/]+)(?:\/eviction)?$/.exec(path) ?? [];
  if (plural !== 'pods') {
    const kind = { configmaps: 'ConfigMap', nodes: 'Node', services: 'Service' }[plural] ?? plural;
    return `Write ${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}; `;
  }
  const { uid = '?', node = '?', owner = '?' } = podOf(name) ?? {};
  const did = verb === 'delete' ? `Restart ${owner} on` : `Evict ${namespace}/${name} from`;
  return `${did} ${node}; ${uid} `;
}

const isWritten = ({ action, detail = '' }: AuditEntry): boolean =>
  action === 'step.done' && !/^See |already held|The node is gone|It is gone already/.test(detail);

const stepOf = ({ detail = '' }: AuditEntry): string => detail.split(';')[0] ?? '';

const sameStep = (one: AuditEntry, other: AuditEntry): boolean =>
  one.proposal === other.proposal && stepOf(one) === stepOf(other);
