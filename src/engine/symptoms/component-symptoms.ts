import { type Crash, downPods, gatherCrashes } from '../../checks/crashes/crash.js';
import { crashEvidence, stateEvidence } from '../../checks/crashes/crash-evidence.js';
import { groupBy } from '../../checks/group-by.js';
import { NO_KUBE_PROXY } from '../../checks/kube-proxy/kube-proxies.js';
import { isNetworkedNode } from '../../checks/node-kinds.js';
import type { ClusterReader } from '../../cluster/ports.js';
import type { DaemonSetView } from '../../cluster/views/daemon-set.js';
import type { NodeView } from '../../cluster/views/node.js';
import type { PodView } from '../../cluster/views/pod.js';
import { count } from '../../texts/count.js';
import type { Symptom } from './symptom.js';
import type { SymptomFacts } from './symptom-facts.js';

/** Controllers of the network's own components, per architecture and role too. */
const COMPONENT =
  /^(?:terway-(?:eniip|eni|controlplane)|kube-flannel(?:-ds)?|kube-proxy|coredns|node-local-dns|cilium|calico-(?:node|typha))(?:-|$)/;
/** A pod that starts normally is Ready by then. */
const GRACE_MS = 120_000;
const SAMPLE = { pods: 3, tailLines: 200 };

/** Pods that are the network, or its name resolution. */
export const isComponentPod = ({ namespace, owner }: PodView): boolean =>
  namespace === 'kube-system' && owner !== undefined && COMPONENT.test(`${owner.name}-`);

/** How a few of the pods that are down ended, in their own words. */
export async function readComponentCrashes(
  reader: ClusterReader,
  facts: SymptomFacts,
): Promise<readonly Crash[]> {
  const groups = groupBy(componentsDown(facts), (pod) => workloadOf(pod) ?? '');
  const read = await Promise.all(
    [...groups.values()].map((members) => gatherCrashes(reader, members, SAMPLE)),
  );
  return read.flatMap(({ crashes }) => crashes);
}

/** Pods of the network's components that are not Ready, and DaemonSets that lack pods. */
export function componentSymptoms(facts: SymptomFacts, crashes: readonly Crash[]): readonly Symptom[] {
  const read = new Map(crashes.map((crash) => [crash.pod.name, crash]));
  const down = componentsDown(facts).map((pod): Symptom => {
    const crash = read.get(pod.name);
    const evidence = crash === undefined ? [stateEvidence(pod)] : crashEvidence(crash);
    return {
      kind: 'component-down',
      about: { kind: 'Pod', namespace: pod.namespace, name: pod.name },
      node: pod.node,
      workload: workloadOf(pod),
      words: evidence[0]?.value ?? '',
      evidence,
    };
  });
  const short = facts.sets.filter((set) => lacksPods(set, facts)).map(setSymptom);
  return [...down, ...short, ...wantedNowhere(facts).map(setSymptom)];
}

/** A ReplicaSet is named after its Deployment. */
const workloadOf = ({ owner }: PodView): string | undefined =>
  owner?.kind === 'ReplicaSet' ? owner.name.slice(0, owner.name.lastIndexOf('-')) : owner?.name;

const componentsDown = ({ pods, now }: SymptomFacts): readonly PodView[] =>
  downPods(pods).filter((pod) => isComponentPod(pod) && !isStarting(pod, now));

const isStarting = ({ createdAt, containers }: PodView, now: Date): boolean =>
  now.getTime() - Date.parse(createdAt ?? '') < GRACE_MS &&
  containers.every(({ restarts }) => restarts === 0);

/** Pods that are not even there show in no list of pods. */
function lacksPods({ namespace, name, desired }: DaemonSetView, { pods }: SymptomFacts): boolean {
  if (namespace !== 'kube-system' || !COMPONENT.test(`${name}-`)) return false;
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

function setSymptom({ namespace, name, desired, ready }: DaemonSetView): Symptom {
  const value =
    desired === 0
      ? 'wants a pod on no node: its nodeSelector and affinity fit none'
      : `${ready} of ${count(desired, 'pod')} Ready, and fewer pods exist than are wanted`;
  return {
    kind: 'component-down',
    about: { kind: 'DaemonSet', namespace, name },
    workload: name,
    words: value,
    evidence: [{ where: `DaemonSet ${namespace}/${name}, status`, value }],
  };
}
