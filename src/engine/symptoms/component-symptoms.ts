import { isAboutPod } from '../../checks/about-pod.js';
import { type Crash, crashesOf, downPods } from '../../checks/crashes/crash.js';
import { crashLine, restartEvidence, stateEvidence } from '../../checks/crashes/crash-evidence.js';
import { withoutLeftovers } from '../../checks/crashes/leftovers.js';
import { restartingContainer } from '../../checks/crashes/restarting.js';
import type { Evidence } from '../../checks/judging/define-check.js';
import { groupBy } from '../../checks/group-by.js';
import { NO_KUBE_PROXY } from '../../checks/kube-proxy/kube-proxies.js';
import { isNetworkedNode } from '../../checks/node-kinds.js';
import { eventEvidence } from '../../checks/recent-events.js';
import type { ClusterReader } from '../../cluster/ports.js';
import type { DaemonSetView } from '../../cluster/views/daemon-set.js';
import type { NodeView } from '../../cluster/views/node.js';
import type { PodView } from '../../cluster/views/pod.js';
import { count } from '../../texts/count.js';
import { isComponent, isComponentPod } from './network-components.js';
import { isAboutSame, type Symptom } from './symptom.js';
import type { SymptomFacts } from './symptom-facts.js';

/** A pod that starts normally is Ready by then. */
const GRACE_MS = 120_000;
const SHOWN_EVENTS = 2;
const SAMPLE = { pods: 3, tailLines: 200 };

/** How a few of the pods that are down ended, in their own words. */
export async function readComponentCrashes(
  reader: ClusterReader,
  facts: SymptomFacts,
): Promise<readonly Crash[]> {
  const failing = [...componentsDown(facts), ...componentsRestarting(facts).map(({ pod }) => pod)];
  const groups = groupBy(failing, (pod) => workloadOf(pod) ?? '');
  const read = await Promise.all([...groups.values()].map((members) => crashesOf(reader, members, SAMPLE)));
  return read.flatMap(({ crashes }) => crashes);
}

/** Pods of the network's components that are not Ready or restart again and again, and DaemonSets that lack pods. */
export function componentSymptoms(facts: SymptomFacts, crashes: readonly Crash[]): readonly Symptom[] {
  const read = new Map(crashes.map((crash) => [crash.pod.name, crash]));
  const down = componentsDown(facts).map((pod) => {
    const crash = read.get(pod.name);
    return podSymptom(pod, [...wordsOf(pod, crash, facts), stateEvidence(pod)]);
  });
  const restarting = componentsRestarting(facts).map(({ pod, container }) =>
    podSymptom(pod, [...wordsOf(pod, read.get(pod.name), facts), restartEvidence(pod, container)]),
  );
  const short = [...facts.sets.filter((set) => lacksPods(set, facts)), ...wantedNowhere(facts)];
  return [...down, ...restarting, ...short.map((set) => setSymptom(set, facts))];
}

/** What a container says of its end comes first; else what others say of the pod, newest first. */
function wordsOf(pod: PodView, crash: Crash | undefined, { events }: SymptomFacts): readonly Evidence[] {
  const said = crash?.lastWords === undefined ? [] : [crashLine(crash, crash.lastWords)];
  const told = events.filter((event) => event.about.kind === 'Pod' && isAboutPod(event, pod));
  // That the kubelet waits before its next try is what the state says too.
  const telling = told.filter(({ reason }) => reason !== 'BackOff');
  return [...said, ...telling.slice(0, SHOWN_EVENTS).map(eventEvidence)];
}

const podSymptom = (pod: PodView, evidence: readonly Evidence[]): Symptom => ({
  kind: 'component-down',
  about: { kind: 'Pod', namespace: pod.namespace, name: pod.name },
  node: pod.node,
  workload: workloadOf(pod),
  words: evidence[0]?.value ?? '',
  evidence,
});

/** A ReplicaSet is named after its Deployment. */
const workloadOf = ({ owner }: PodView): string | undefined =>
  owner?.kind === 'ReplicaSet' ? owner.name.slice(0, owner.name.lastIndexOf('-')) : owner?.name;

const componentsDown = ({ pods, now }: SymptomFacts): readonly PodView[] =>
  downPods(withoutLeftovers(pods.filter(isComponentPod))).filter((pod) => !isStarting(pod, now));

const componentsRestarting = ({ pods, now }: SymptomFacts) =>
  pods.filter(isComponentPod).flatMap((pod) => {
    const container = restartingContainer(pod, { now });
    return container === undefined ? [] : [{ pod, container }];
  });

const isStarting = ({ createdAt, containers }: PodView, now: Date): boolean =>
  now.getTime() - Date.parse(createdAt ?? '') < GRACE_MS &&
  containers.every(({ restarts }) => restarts === 0);

/** Pods that are not even there show in no list of pods. */
function lacksPods({ namespace, name, desired }: DaemonSetView, { pods }: SymptomFacts): boolean {
  if (!isComponent(namespace, name)) return false;
  return pods.filter((pod) => isOf({ namespace, name }, pod)).length < desired;
}

const isOf = (set: Pick<DaemonSetView, 'namespace' | 'name'>, { namespace, owner }: PodView): boolean =>
  namespace === set.namespace && owner?.kind === 'DaemonSet' && owner.name === set.name;

/** Of one for each architecture or role some stand for machines that are not there. */
const FAMILY = /^(?:terway-eni|kube-flannel|kube-proxy)/;

/** A plugin or kube-proxy that is there and wants a pod on none of the nodes that need it: its selector fits nothing. */
function wantedNowhere({ sets, nodes, pods }: SymptomFacts): readonly DaemonSetView[] {
  const own = sets.filter(({ namespace, name }) => namespace === 'kube-system' && FAMILY.test(name));
  return [...groupBy(own, ({ name }) => FAMILY.exec(name)?.[0] ?? '')].flatMap(([family, members]) => {
    const needing = nodes.filter((node) => isNetworkedNode(node) && needs(family, node));
    const none = members.every(({ desired, observedGeneration }) => desired === 0 && observedGeneration > 0);
    const left = members.some((set) => pods.some((pod) => isOf(set, pod)));
    return none && !left && needing.length > 0 ? members.slice(0, 1) : [];
  });
}

/** Terway's eBPF can stand in for kube-proxy, and then a label of the node says so. */
const needs = (family: string, { labels }: NodeView): boolean =>
  family !== 'kube-proxy' || labels[NO_KUBE_PROXY] !== 'true';

function setSymptom({ namespace, name, desired, ready }: DaemonSetView, { events }: SymptomFacts): Symptom {
  const value =
    desired === 0
      ? 'wants a pod on no node: its nodeSelector and affinity fit none'
      : `${ready} of ${count(desired, 'pod')} Ready, and fewer pods exist than are wanted`;
  const about = { kind: 'DaemonSet', namespace, name };
  const told = events.filter((event) => isAboutSame(event, about)).slice(0, SHOWN_EVENTS);
  return {
    kind: 'component-down',
    about,
    workload: name,
    words: [value, told[0]?.message].filter(Boolean).join('; '),
    evidence: [{ where: `DaemonSet ${namespace}/${name}, status`, value }, ...told.map(eventEvidence)],
  };
}
