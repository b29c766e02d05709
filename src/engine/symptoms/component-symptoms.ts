import { isAboutPod } from '../../checks/about-pod.js';
import { type Crash, crashesOf, downPods } from '../../checks/crashes/crash.js';
import { crashLine, restartEvidence, stateEvidence } from '../../checks/crashes/crash-evidence.js';
import { withoutLeftovers } from '../../checks/crashes/leftovers.js';
import { restartingContainer } from '../../checks/crashes/restarting.js';
import type { Evidence } from '../../checks/judging/define-check.js';
import { groupBy } from '../../checks/group-by.js';
import { eventEvidence } from '../../checks/recent-events.js';
import { withoutNames } from '../../checks/without-names.js';
import type { ClusterReader } from '../../cluster/ports.js';
import type { DaemonSetView } from '../../cluster/views/daemon-set.js';
import type { PodView } from '../../cluster/views/pod.js';
import { count } from '../../texts/count.js';
import { logUnread } from '../../texts/findings/complaints.js';
import { isComponentPod, isComponentSet } from './network-components.js';
import { pressureBehind } from './node-signs.js';
import { isAboutSame, type Symptom } from './symptom.js';
import type { SymptomFacts } from './symptom-facts.js';
import { uncoveredNodes } from './uncovered-nodes.js';
import { workloadOf } from './workload-of.js';

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
    const found = podSymptom(pod, [...wordsOf(pod, crash, facts), stateEvidence(pod)]);
    return { found: { ...found, further: pressureBehind(pod, facts.nodes) }, crash };
  });
  const restarting = componentsRestarting(facts).map(({ pod, container }) =>
    podSymptom(pod, [...wordsOf(pod, read.get(pod.name), facts), restartEvidence(pod, container)]),
  );
  const short = facts.sets.filter((set) => lacksPods(set, facts)).map((set) => setSymptom(set, facts));
  return [...withSilence(down), ...restarting, ...short, ...uncoveredNodes(facts)];
}

interface Down {
  readonly found: Symptom;
  /** Absent = it is not of the sample. */
  readonly crash: Crash | undefined;
}

/** One outage stays one: of pods that show the same, those beyond the sample are told what holds for it. */
function withSilence(down: readonly Down[]): readonly Symptom[] {
  const showing = ({ workload = '', words }: Symptom): string => `${workload} ${withoutNames(words)}`;
  const sampled = new Map(
    down
      .map(({ found, crash }) => [showing(found), silenceOf(crash)] as const)
      .filter(([, silence]) => silence !== undefined),
  );
  return down.map(({ found, crash }) => ({
    ...found,
    adds: crash === undefined ? sampled.get(showing(found)) : silenceOf(crash),
  }));
}

/** What a container says of its end comes first; else what others say of the pod, newest first. */
function wordsOf(pod: PodView, crash: Crash | undefined, { events }: SymptomFacts): readonly Evidence[] {
  const said = crash?.lastWords === undefined ? [] : [crashLine(crash, crash.lastWords)];
  const told = events.filter((event) => event.about.kind === 'Pod' && isAboutPod(event, pod));
  // That the kubelet waits before its next try is what the state says too.
  const telling = told.filter(({ reason }) => reason !== 'BackOff');
  return [...said, ...telling.slice(0, SHOWN_EVENTS).map(eventEvidence)];
}

/** That a log was not read is said where it might say why. */
const silenceOf = (crash: Crash | undefined): string | undefined =>
  crash?.unread === undefined ? undefined : logUnread(crash.unread, crash.pod.namespace);

const podSymptom = (pod: PodView, evidence: readonly Evidence[]): Symptom => ({
  kind: 'component-down',
  about: { kind: 'Pod', namespace: pod.namespace, name: pod.name },
  node: pod.node,
  workload: workloadOf(pod),
  words: evidence[0]?.value ?? '',
  evidence,
});

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
const lacksPods = (set: DaemonSetView, { pods }: Pick<SymptomFacts, 'pods'>): boolean =>
  isComponentSet(set) && pods.filter((pod) => isOf(set, pod)).length < set.desired;

const isOf = (set: Pick<DaemonSetView, 'namespace' | 'name'>, { namespace, owner }: PodView): boolean =>
  namespace === set.namespace && owner?.kind === 'DaemonSet' && owner.name === set.name;

function setSymptom({ namespace, name, desired, ready }: DaemonSetView, { events }: SymptomFacts): Symptom {
  const value = `${ready} of ${count(desired, 'pod')} Ready, and fewer pods exist than are wanted`;
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
