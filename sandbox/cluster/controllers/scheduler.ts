import { at, list, object, text, texts } from '../../../src/cluster/fields.js';
import type { Json, JsonObject } from '../../../src/cluster/ports.js';
import { eventKind, nodeKind, podKind } from '../api/objects/kinds.js';
import { placeOf } from '../api/objects/object-store.js';
import { freshEvent, podSubject } from '../expand/expand-events.js';
import { unschedulablePod } from '../expand/pod-states.js';
import { toSecond } from '../relative-time.js';
import type { ControllerContext } from './controller-context.js';
import { isDeleting, uidOf } from './owned-pods.js';

/** Gives each pod without a node the node with the fewest pods that takes it. */
export function schedulePods(context: ControllerContext): void {
  const { store, held } = context;
  for (const pod of store.all(podKind)) {
    const placed = text(pod, 'spec', 'nodeName') !== undefined;
    if (!placed && !held.has(uidOf(pod)) && !isDeleting(pod)) schedule(pod, context);
  }
}

function schedule(pod: JsonObject, { store, now, nextId }: ControllerContext): void {
  const nodes = store.all(nodeKind);
  const fitting = nodes.filter((node) => takes(node, pod));
  const load = (node: JsonObject) =>
    store.all(podKind).filter((other) => text(other, 'spec', 'nodeName') === placeOf(node).name).length;
  const [best] = [...fitting].sort((a, b) => load(a) - load(b));
  if (best === undefined) {
    if (list(pod, 'status', 'conditions').length === 0) {
      const message = `0/${nodes.length} nodes are available: ${nodes.length} node(s) were unschedulable.`;
      store.replace(podKind, unschedulablePod(pod, toSecond(now()), message), {
        status: true,
        manager: 'kube-scheduler',
      });
    }
    return;
  }
  const { name } = placeOf(best);
  const { namespace, name: podName } = placeOf(pod);
  const bound = { ...pod, spec: { ...object(pod, 'spec'), nodeName: name }, status: { phase: 'Pending' } };
  store.replace(podKind, bound, { manager: 'kube-scheduler' });
  const message = `Successfully assigned ${namespace}/${podName} to ${name}`;
  const event = {
    about: podSubject(pod).about,
    type: 'Normal',
    reason: 'Scheduled',
    message,
    source: 'default-scheduler',
  };
  store.create(eventKind, freshEvent(event, nextId(), toSecond(now())));
}

function takes(node: JsonObject, pod: JsonObject): boolean {
  const labels = texts(node, 'metadata', 'labels');
  const selected = Object.entries(texts(pod, 'spec', 'nodeSelector')).every(
    ([key, value]) => labels[key] === value,
  );
  const repelling = list(node, 'spec', 'taints').filter(
    (taint) => text(taint, 'effect') !== 'PreferNoSchedule',
  );
  return (
    selected &&
    at(node, 'spec', 'unschedulable') !== true &&
    repelling.every((taint) => list(pod, 'spec', 'tolerations').some((entry) => tolerates(entry, taint)))
  );
}

function tolerates(toleration: Json, taint: Json): boolean {
  const key = text(toleration, 'key');
  const effect = text(toleration, 'effect');
  const sameKey = key === undefined || key === text(taint, 'key');
  const sameEffect = effect === undefined || effect === text(taint, 'effect');
  const sameValue =
    text(toleration, 'operator') === 'Exists' || text(toleration, 'value') === text(taint, 'value');
  return sameKey && sameEffect && sameValue;
}
