import { isOfPodKind } from '../../checks/about-pod.js';
import { groupBy } from '../../checks/group-by.js';
import { eventEvidence } from '../../checks/recent-events.js';
import type { EventView } from '../../cluster/views/event.js';
import { isComponent } from './network-components.js';
import { speaksOfNetworkDevice, tellsOfNetwork } from './network-events.js';
import type { Symptom } from './symptom.js';
import type { SymptomFacts } from './symptom-facts.js';

/** After so long without a repetition it is over: components repeat what goes on every few minutes. */
const FRESH_MS = 1_200_000;
const SHOWN = 3;
/** Of what a pod that runs and is Ready goes on without. Source: kubelet network/dns/dns.go. */
const STAYS = /^MissingClusterDNS$/;
/** Of what runs a component: that its pods cannot be made. */
const CONTROLLERS: ReadonlySet<string> = new Set(['DaemonSet', 'Deployment', 'ReplicaSet']);

/** Warnings of the network about nodes, Services and its own objects, and about pods that do not wait: one symptom an object, its newest words first. */
export function eventSymptoms(facts: SymptomFacts): readonly Symptom[] {
  const fresh = facts.events.filter(
    (event) => facts.now.getTime() - Date.parse(event.at) < FRESH_MS && isOfNetwork(event),
  );
  const byObject = groupBy(fresh, ({ about }) => `${about.kind} ${about.namespace} ${about.name}`);
  return [...byObject.values()].flatMap((own) => {
    const [newest] = own;
    return newest === undefined || !isToTell(newest, facts) ? [] : [warning(newest, own, facts)];
  });
}

function isOfNetwork(event: EventView): boolean {
  const { kind, namespace, name } = event.about;
  if (CONTROLLERS.has(kind)) return isComponent(namespace, name);
  return tellsOfNetwork(event) || (kind === 'Node' && speaksOfNetworkDevice(event.message));
}

/** Of an object that is gone, or has overcome it, nothing is told; nor twice what is a symptom of its own. */
function isToTell({ about, at, reason }: EventView, { nodes, pods }: SymptomFacts): boolean {
  const { kind, namespace, name } = about;
  if (kind === 'Node') return nodes.some((node) => node.name === name);
  // One that lacks pods is a symptom with these words. The other is the cloud controller manager's pseudo object, which
  // multiple-route-tables reads.
  if (kind === 'DaemonSet' || kind === 'Event') return false;
  if (CONTROLLERS.has(kind))
    return !pods.some(
      ({ owner, createdAt }) => owner?.name === name && Date.parse(createdAt ?? '') > Date.parse(at),
    );
  if (!isOfPodKind({ about })) return true;
  const pod = pods.find((own) => own.namespace === namespace && own.name === name);
  if (pod === undefined || pod.phase === 'Succeeded') return false;
  return STAYS.test(reason) || (!pod.ready && pod.phase !== 'Pending');
}

function warning(newest: EventView, own: readonly EventView[], { pods }: SymptomFacts): Symptom {
  const { kind, namespace, name } = newest.about;
  const pod = isOfPodKind(newest)
    ? pods.find((own) => own.namespace === namespace && own.name === name)
    : undefined;
  return {
    kind: 'warning',
    about: namespace === '' ? { kind, name } : { kind, namespace, name },
    node: kind === 'Node' ? name : pod?.node,
    workload: CONTROLLERS.has(kind) ? name : undefined,
    words: newest.message,
    evidence: own.slice(0, SHOWN).map(eventEvidence),
  };
}
