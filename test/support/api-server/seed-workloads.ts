import { toSecond } from '../../../sandbox/cluster/relative-time.js';
import { list, object } from '../../../src/cluster/fields.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { waitFor } from '../wait-for.js';
import { inParallel } from './own-objects.js';

export const ownerOf = (pod: JsonObject) => object(list(pod, 'metadata', 'ownerReferences')[0]);

interface WorkloadSeeding {
  readonly put: (entry: JsonObject) => Promise<void>;
  /** Whether the stand-in plays them: else the server has its own. */
  readonly controllers: boolean;
}

/**
 * Deployments, ReplicaSets and the pods that no DaemonSet makes. A real controller would roll out a Deployment that did not
 * make its ReplicaSet, and make pods for a ReplicaSet before the scenario's are there: it gets the pods first, each on
 * its node, then a ReplicaSet that adopts them by their labels, and no Deployment.
 */
export async function seedWorkloads(core: readonly JsonObject[], { put, controllers }: WorkloadSeeding) {
  const of = (kind: string) => core.filter((entry) => entry.kind === kind);
  const pods = of('Pod').filter((pod) => ownerOf(pod).kind !== 'DaemonSet');
  if (controllers) {
    for (const entries of [of('Deployment'), of('ReplicaSet'), pods]) await inParallel(entries, put);
    return;
  }
  await inParallel(pods.map(withoutOwner), put);
  // The controller must have heard of them.
  await nextSecond();
  await inParallel(of('ReplicaSet').map(withoutOwner), put);
}

function withoutOwner(entry: JsonObject): JsonObject {
  const { ownerReferences: _, ...metadata } = object(entry, 'metadata');
  return { ...entry, metadata };
}

/** Times have whole seconds: what is written from here on is younger than what was written before. */
export async function nextSecond(): Promise<void> {
  const now = toSecond(new Date());
  await waitFor('the next second', () => toSecond(new Date()) !== now);
}
