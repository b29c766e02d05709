import { list, text } from '../../../src/cluster/fields.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { podKind } from '../api/objects/kinds.js';
import type { ObjectStore } from '../api/objects/object-store.js';
import { withMeta } from '../api/objects/with-meta.js';
import { toSecond } from '../relative-time.js';

export const uidOf = (object: JsonObject): string => text(object, 'metadata', 'uid') ?? '';

export const isDeleting = (object: JsonObject): boolean =>
  text(object, 'metadata', 'deletionTimestamp') !== undefined;

export const isPodReady = (pod: JsonObject): boolean =>
  list(pod, 'status', 'conditions').some(
    (entry) => text(entry, 'type') === 'Ready' && text(entry, 'status') === 'True',
  );

export const podsOwnedBy = (store: ObjectStore, owner: JsonObject): readonly JsonObject[] =>
  store.ownedBy(podKind, uidOf(owner));

/** What a controller's own delete does: the kubelet ends the pod. */
export function terminate(store: ObjectStore, pod: JsonObject, now: Date): void {
  if (isDeleting(pod)) return;
  const marked = withMeta(pod, { deletionTimestamp: toSecond(now), deletionGracePeriodSeconds: 30 });
  store.replace(podKind, marked, { manager: 'kube-controller-manager' });
}
