import { isAboutPod } from '../../checks/about-pod.js';
import { waitsForOtherThing } from '../../checks/across/stuck-causes.js';
import { isUnscheduled, type StuckPod, stuckPods } from '../../checks/across/stuck-pods.js';
import { unscheduledFor } from '../../checks/across/unscheduled-for.js';
import type { Evidence } from '../../checks/judging/define-check.js';
import { groupBy } from '../../checks/group-by.js';
import { isDownApart, lacksNetwork } from '../../checks/node-kinds.js';
import { eventEvidence } from '../../checks/recent-events.js';
import type { EventView } from '../../cluster/views/event.js';
import { isComponentPod } from './network-components.js';
import type { Symptom } from './symptom.js';
import type { SymptomFacts } from './symptom-facts.js';

const SHOWN_EVENTS = 3;

/** Pods that wait for their network: no address yet, and no word that an image, a volume or a quota is what is missing. */
export function podSymptoms(facts: SymptomFacts): readonly Symptom[] {
  const waiting = stuckPods(
    facts.pods.filter((pod) => !isComponentPod(pod) && pod.ips.length === 0),
    facts.now,
  ).stuck;
  const down = new Set(facts.nodes.filter(isDownApart).map(({ name }) => name));
  const networkDown = facts.nodes.some(lacksNetwork);
  const about = eventsByName(facts.events);
  return waiting.flatMap((entry) => {
    const { pod } = entry;
    if (isUnscheduled(pod))
      return unscheduledFor(pod.unschedulable ?? '', networkDown) === undefined ? [] : [unscheduled(entry)];
    // There it waits for its node, which is a symptom itself.
    if (down.has(pod.node ?? '')) return [];
    const own = (about.get(`${pod.namespace}/${pod.name}`) ?? []).filter((event) => isAboutPod(event, pod));
    return own.length > 0 && own.every(waitsForOtherThing) ? [] : [onNode(entry, own)];
  });
}

/** Pods are many and warnings few. */
function eventsByName(events: readonly EventView[]): ReadonlyMap<string, readonly EventView[]> {
  return groupBy(events, ({ about }) => `${about.namespace}/${about.name}`);
}

function unscheduled({ pod }: StuckPod): Symptom {
  const words = pod.unschedulable ?? '';
  const where = `Pod ${pod.namespace}/${pod.name}, condition PodScheduled=False`;
  return of({ pod, evidence: [{ where, value: words }], words });
}

function onNode({ pod, minutes }: StuckPod, own: readonly EventView[]): Symptom {
  const network = own.filter((event) => !waitsForOtherThing(event));
  const state = {
    where: `Pod ${pod.namespace}/${pod.name} on ${pod.node}`,
    value: `Pending for ${minutes} min, without an address`,
  };
  return of({
    pod,
    words: network[0]?.message ?? '',
    evidence: [...network.slice(0, SHOWN_EVENTS).map(eventEvidence), state],
  });
}

const of = ({
  pod,
  words,
  evidence,
}: {
  pod: StuckPod['pod'];
  words: string;
  evidence: Evidence[];
}): Symptom => ({
  kind: 'pod-waiting',
  about: { kind: 'Pod', namespace: pod.namespace, name: pod.name },
  node: pod.node,
  words,
  evidence,
});
