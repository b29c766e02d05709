import { groupBy } from '../../checks/group-by.js';
import { eventEvidence } from '../../checks/recent-events.js';
import type { EventView } from '../../cluster/views/event.js';
import type { Symptom } from './symptom.js';
import type { SymptomFacts } from './symptom-facts.js';

/** Reporters that are the network, whatever they say. */
const NETWORK_SOURCE =
  /terway|flannel|kube-?proxy|cilium|calico|route|coredns|node-local|cloud-controller|service-controller|nlb|slb/i;
/** What the kubelet and others say of the network. */
const NETWORK_REASON =
  /^(?:FailedCreatePodSandBox|NetworkNotReady|FailedKillPod|FailedToCreateRoute|CreateRouteFailed|SyncRouteFailed|DescriberRouteFailed|CIDRNotAvailable|CIDRAssignmentFailed|HostPortConflict|FailedToUpdateEndpointSlices|FailedToUpdateEndpoint|IPAllocationFailed|ClusterIPOutOfRange|ClusterIPNotAllocated|SyncLoadBalancerFailed|PodCreateFailed|AllocIPFailed)$/;
/** After so long without a repetition it is over: components repeat what goes on every few minutes. */
const FRESH_MS = 1_200_000;
const SHOWN = 3;

const isOfNetwork = ({ source, reason }: EventView): boolean =>
  NETWORK_SOURCE.test(source) || NETWORK_REASON.test(reason);

/** Warnings of the network about nodes, Services, and pods that do not wait: one symptom an object, its newest words first. */
export function eventSymptoms({ events, nodes, pods, now }: SymptomFacts): readonly Symptom[] {
  const existing = new Set(nodes.map(({ name }) => name));
  const running = new Map(pods.map((pod) => [`${pod.namespace}/${pod.name}`, pod]));
  const fresh = events.filter(
    (event) => isOfNetwork(event) && now.getTime() - Date.parse(event.at) < FRESH_MS,
  );
  const byObject = groupBy(fresh, ({ about }) => `${about.kind} ${about.namespace} ${about.name}`);
  return [...byObject.values()].flatMap((own) => {
    const [newest] = own;
    if (newest === undefined) return [];
    const { kind, namespace, name } = newest.about;
    const symptom = (node?: string): Symptom[] => [
      {
        kind: 'warning',
        about: namespace === '' ? { kind, name } : { kind, namespace, name },
        node,
        words: newest.message,
        evidence: own.slice(0, SHOWN).map(eventEvidence),
      },
    ];
    if (kind === 'Node') return existing.has(name) ? symptom(name) : [];
    if (kind === 'Service') return symptom();
    const pod = kind === 'Pod' ? running.get(`${namespace}/${name}`) : undefined;
    // A waiting pod is a symptom of its own, and one that is Ready or gone has overcome what was said of it.
    return pod === undefined || pod.ready || pod.phase === 'Pending' || pod.phase === 'Succeeded'
      ? []
      : symptom(pod.node);
  });
}
