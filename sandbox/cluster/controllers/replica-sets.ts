import { list, number, text } from '../../../src/cluster/fields.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { type Kind, kinds, podKind, replicaSetKind } from '../api/objects/kinds.js';
import { replicaPod } from '../expand/workload-objects.js';
import { toSecond } from '../relative-time.js';
import type { ControllerContext } from './controller-context.js';
import { isDeleting, isPodReady, podsOwnedBy, terminate, uidOf } from './owned-pods.js';

const deploymentKind = kinds.find(({ kind }) => kind === 'Deployment');

/** Keeps as many pods as a ReplicaSet asks for, ended and ending ones not counted, and the numbers above them. */
export function reconcileReplicaSets(context: ControllerContext): void {
  const { store } = context;
  const sets = store.all(replicaSetKind);
  const living = new Map<JsonObject, readonly JsonObject[]>();
  for (const set of sets) {
    keepCount(set, context);
    const pods = livingPods(set, context);
    living.set(set, pods);
    writeStatus(replicaSetKind, set, setStatus(set, pods), context);
  }
  if (deploymentKind === undefined) return;
  for (const deployment of store.all(deploymentKind)) {
    const own = sets.filter(
      (set) => text(list(set, 'metadata', 'ownerReferences')[0], 'uid') === uidOf(deployment),
    );
    const current = own.flatMap((set) => living.get(set) ?? []);
    writeStatus(deploymentKind, deployment, deploymentStatus(deployment, current), context);
  }
}

const ENDED: readonly (string | undefined)[] = ['Succeeded', 'Failed'];

const hasEnded = (pod: JsonObject): boolean => ENDED.includes(text(pod, 'status', 'phase'));

const isLiving = (pod: JsonObject): boolean => !isDeleting(pod) && !hasEnded(pod);

const livingPods = (set: JsonObject, { store }: ControllerContext): readonly JsonObject[] =>
  podsOwnedBy(store, set).filter(isLiving);

function keepCount(set: JsonObject, context: ControllerContext): void {
  const { store, nextId, now } = context;
  const pods = podsOwnedBy(store, set);
  const living = pods.filter(isLiving);
  // Pods that a scenario shows ended belong to the count it shows.
  const ended = pods.filter(hasEnded);
  const wanted = number(set, 'spec', 'replicas') ?? 0;
  for (let count = living.length + ended.length; count < wanted; count += 1)
    store.create(podKind, replicaPod(set, { uid: nextId(), at: toSecond(now()) }), {
      manager: 'kube-controller-manager',
    });
  for (const extra of living.slice(wanted)) terminate(store, extra, now());
}

function setStatus(set: JsonObject, living: readonly JsonObject[]): JsonObject {
  const ready = living.filter(isPodReady).length;
  return {
    replicas: living.length,
    fullyLabeledReplicas: living.length,
    readyReplicas: ready,
    availableReplicas: ready,
    observedGeneration: number(set, 'metadata', 'generation') ?? 1,
  };
}

function deploymentStatus(deployment: JsonObject, pods: readonly JsonObject[]): JsonObject {
  const ready = pods.filter(isPodReady).length;
  const wanted = number(deployment, 'spec', 'replicas') ?? 0;
  return {
    replicas: pods.length,
    updatedReplicas: pods.length,
    readyReplicas: ready,
    availableReplicas: ready,
    ...(wanted > ready && { unavailableReplicas: wanted - ready }),
    observedGeneration: number(deployment, 'metadata', 'generation') ?? 1,
  };
}

function writeStatus(kind: Kind, before: JsonObject, status: JsonObject, { store }: ControllerContext): void {
  if (JSON.stringify(status) !== JSON.stringify(before.status))
    store.replace(kind, { ...before, status }, { status: true, manager: 'kube-controller-manager' });
}
