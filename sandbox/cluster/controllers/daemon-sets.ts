import { number, text, texts } from '../../../src/cluster/fields.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { daemonSetKind, nodeKind, podKind, revisionKind } from '../api/objects/kinds.js';
import { placeOf, type StoreEvent } from '../api/objects/object-store.js';
import { daemonSetPod, revisionObject, revisionOf, wantsNode } from '../expand/daemon-set-objects.js';
import { toSecond } from '../relative-time.js';
import type { ControllerContext, Reconciler } from './controller-context.js';
import { isDeleting, isPodReady, podsOwnedBy, terminate, uidOf } from './owned-pods.js';

/** One pod on each node a DaemonSet wants; a changed template is rolled out where the strategy says so. */
export function createDaemonSetController(context: ControllerContext): {
  readonly reconcile: Reconciler;
  observe(event: StoreEvent): void;
} {
  // Sets whose template changed while the simulator ran: a scenario may show a roll-out that stands still.
  const rolling = new Set<string>();
  return {
    observe({ kind, type, object: set, before }) {
      if (kind !== daemonSetKind || type !== 'MODIFIED' || before === undefined) return;
      if (revisionOf(before) === revisionOf(set)) return;
      ensureRevision(set, context);
      if (text(set, 'spec', 'updateStrategy', 'type') !== 'OnDelete') rolling.add(uidOf(set));
    },
    reconcile({ store }) {
      for (const set of store.all(daemonSetKind)) {
        placePods(set, context);
        if (rolling.has(uidOf(set)) && !rollNext(set, context)) rolling.delete(uidOf(set));
        writeStatus(set, context);
      }
    },
  };
}

function placePods(set: JsonObject, { store, scenario, nextId, now }: ControllerContext): void {
  const held = new Set(podsOwnedBy(store, set).map((pod) => text(pod, 'spec', 'nodeName')));
  const refused = scenario.daemonSets.find(({ name }) => name === placeOf(set).name)?.refusedOn ?? [];
  for (const node of store.all(nodeKind)) {
    const { name } = placeOf(node);
    if (held.has(name) || refused.includes(name) || !wantsNode(set, node)) continue;
    store.create(podKind, daemonSetPod(set, { node: name, uid: nextId(), at: toSecond(now()) }), {
      manager: 'kube-controller-manager',
    });
  }
}

/** Whether a pod is of the set's template. */
function currentOf(set: JsonObject): (pod: JsonObject) => boolean {
  const revision = revisionOf(set);
  return (pod) => texts(pod, 'metadata', 'labels')['controller-revision-hash'] === revision;
}

/** Ends one outdated pod when all others are Ready; false = nothing left to do. */
function rollNext(set: JsonObject, { store, now }: ControllerContext): boolean {
  const pods = podsOwnedBy(store, set);
  const isCurrent = currentOf(set);
  const outdated = pods.filter((pod) => !isCurrent(pod));
  const settled = pods.every((pod) => isPodReady(pod) && !isDeleting(pod));
  const [next] = outdated;
  if (settled && next) terminate(store, next, now());
  return outdated.length > 0 || !settled;
}

function ensureRevision(set: JsonObject, { store }: ControllerContext): void {
  const { namespace, name } = placeOf(set);
  const known = store.all(revisionKind).filter((entry) => placeOf(entry).name.startsWith(`${name}-`));
  const highest = Math.max(0, ...known.map((entry) => number(entry, 'revision') ?? 0));
  const revision = revisionObject(set, highest + 1);
  if (store.find(revisionKind, namespace, placeOf(revision).name) === undefined)
    store.create(revisionKind, revision, { manager: 'kube-controller-manager' });
}

function writeStatus(set: JsonObject, { store }: ControllerContext): void {
  const pods = podsOwnedBy(store, set).filter((pod) => !isDeleting(pod));
  const desired = store.all(nodeKind).filter((node) => wantsNode(set, node)).length;
  const ready = pods.filter(isPodReady).length;
  const status = {
    currentNumberScheduled: pods.length,
    desiredNumberScheduled: desired,
    numberAvailable: ready,
    numberMisscheduled: 0,
    numberReady: ready,
    ...(desired > ready && { numberUnavailable: desired - ready }),
    observedGeneration: number(set, 'metadata', 'generation') ?? 1,
    updatedNumberScheduled: pods.filter(currentOf(set)).length,
  };
  if (JSON.stringify(status) !== JSON.stringify(set.status))
    store.replace(daemonSetKind, { ...set, status }, { status: true, manager: 'kube-controller-manager' });
}
