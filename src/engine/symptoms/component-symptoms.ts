import type { Evidence } from '../../checks/define-check.js';
import { groupBy } from '../../checks/group-by.js';
import { type LogSample, sampleLogs } from '../../checks/sample-logs.js';
import type { ClusterReader } from '../../cluster/ports.js';
import type { DaemonSetView } from '../../cluster/views/daemon-set.js';
import type { ContainerView, PodView } from '../../cluster/views/pod.js';
import type { Symptom } from './symptom.js';
import type { SymptomFacts } from './symptom-facts.js';

/** Controllers of the network's own components, per architecture and role too. */
const COMPONENT =
  /^(?:terway-(?:eniip|eni|controlplane)|kube-flannel(?:-ds)?|kube-proxy|coredns|node-local-dns|cilium|calico-(?:node|typha))(?:-|$)/;
/** A pod that starts normally is Ready by then. */
const GRACE_MS = 120_000;
const LOGGED_PODS = 3;
const LOG_LINES = 3;

/** Pods that are the network, or its name resolution. */
export const isComponentPod = ({ namespace, owner }: PodView): boolean =>
  namespace === 'kube-system' && owner !== undefined && COMPONENT.test(`${owner.name}-`);

type Logs = ReadonlyMap<string, readonly string[]>;

/** The last lines of a few containers that crash: of the run that ended, where one did. */
export async function readCrashLogs(reader: ClusterReader, facts: SymptomFacts): Promise<Logs> {
  const crashing = downPods(facts).flatMap((pod) => {
    const container = failing(pod);
    return container?.startedAt === undefined && container?.ended === undefined ? [] : [{ pod, container }];
  });
  const groups = groupBy(
    crashing,
    ({ container }) => `${container.name} ${container.ended === undefined ? '' : 'previous'}`,
  );
  const samples = await Promise.all(
    [...groups.values()].map((members) => {
      const { name, ended } = (members[0] as (typeof members)[number]).container;
      return sampleLogs(
        reader,
        members.map(({ pod }) => pod),
        { container: name, pods: LOGGED_PODS, tailLines: LOG_LINES, previous: ended !== undefined },
      );
    }),
  );
  return linesByPod(samples);
}

const linesByPod = (samples: readonly LogSample[]): Logs =>
  new Map(samples.flatMap(({ logs }) => logs).map(({ pod, lines }) => [pod, lines.slice(-LOG_LINES)]));

/** Pods of the network's components that are not Ready, and DaemonSets that lack pods. */
export function componentSymptoms(facts: SymptomFacts, logs: Logs): readonly Symptom[] {
  const down = downPods(facts).map((pod): Symptom => {
    const lines = logs.get(pod.name) ?? [];
    const evidence = [stateEvidence(pod), ...lines.toReversed().map((line) => lineEvidence(pod, line))];
    return {
      kind: 'component-down',
      about: { kind: 'Pod', namespace: pod.namespace, name: pod.name },
      node: pod.node,
      workload: workloadOf(pod),
      words: lines.at(-1) ?? evidence[0]?.value ?? '',
      evidence,
    };
  });
  return [...down, ...facts.sets.filter((set) => lacksPods(set, facts)).map(setSymptom)];
}

/** A ReplicaSet is named after its Deployment. */
const workloadOf = ({ owner }: PodView): string | undefined =>
  owner?.kind === 'ReplicaSet' ? owner.name.slice(0, owner.name.lastIndexOf('-')) : owner?.name;

const downPods = ({ pods, now }: SymptomFacts): readonly PodView[] =>
  pods.filter((pod) => isComponentPod(pod) && !pod.deleting && !pod.ready && !isStarting(pod, now));

const isStarting = ({ createdAt, containers }: PodView, now: Date): boolean =>
  now.getTime() - Date.parse(createdAt ?? '') < GRACE_MS &&
  containers.every(({ restarts }) => restarts === 0);

/** The container that keeps the pod down: an init container first, as the others only wait for it. */
function failing({ containers }: PodView): ContainerView | undefined {
  const bad = containers.filter(
    ({ init, ready, ended }) => !ready && !(init && ended !== undefined && ended.exitCode === 0),
  );
  return (
    bad.find(({ init }) => init) ??
    bad.find(({ ended, restarts }) => restarts > 0 || (ended?.exitCode ?? 0) !== 0) ??
    bad.find(({ reason }) => reason !== undefined && reason !== 'PodInitializing') ??
    bad[0]
  );
}

function stateEvidence(pod: PodView): Evidence {
  const place = `Pod ${pod.namespace}/${pod.name} on ${pod.node ?? 'no node'}`;
  const container = failing(pod);
  if (container === undefined || pod.node === undefined)
    return { where: place, value: pod.unschedulable ?? `phase ${pod.phase || 'absent'}, not Ready` };
  const { name, reason, message, restarts, ended } = container;
  const end =
    ended === undefined
      ? undefined
      : `last run ended with exit code ${ended.exitCode ?? '?'}${ended.reason ? ` (${ended.reason})` : ''}${ended.message && ended.message !== message ? `: ${ended.message}` : ''}`;
  const parts = [
    reason === undefined ? 'not Ready' : `${reason}${message ? `: ${message}` : ''}`,
    end,
    restarts === 0 ? undefined : `${restarts} ${restarts === 1 ? 'restart' : 'restarts'}`,
  ];
  return { where: `${place}, container ${name}`, value: parts.filter(Boolean).join('; ') };
}

const lineEvidence = ({ name, node }: PodView, line: string): Evidence => ({
  where: `log of ${name} on ${node ?? 'no node'}`,
  value: line,
});

/** Pods that are not even there show in no list of pods. */
function lacksPods({ namespace, name, desired }: DaemonSetView, { pods }: SymptomFacts): boolean {
  if (namespace !== 'kube-system' || !COMPONENT.test(`${name}-`)) return false;
  const own = pods.filter(
    (pod) => pod.namespace === namespace && pod.owner?.kind === 'DaemonSet' && pod.owner.name === name,
  );
  return own.length < desired;
}

function setSymptom({ namespace, name, desired, ready }: DaemonSetView): Symptom {
  const value = `${ready} of ${desired} pods Ready, and fewer pods exist than are wanted`;
  return {
    kind: 'component-down',
    about: { kind: 'DaemonSet', namespace, name },
    workload: name,
    words: value,
    evidence: [{ where: `DaemonSet ${namespace}/${name}, status`, value }],
  };
}
