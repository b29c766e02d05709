import pLimit from 'p-limit';
import { kinds, nodeKind, podKind } from '../../../sandbox/cluster/api/objects/kinds.js';
import { placeOf } from '../../../sandbox/cluster/api/objects/object-store.js';
import { list, object, text, texts } from '../../../src/cluster/fields.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { waitFor } from '../wait-for.js';
import { type Admin, crdKind, type Named, rbacKinds, serviceAccountKind, tolerating } from './admin.js';

/** Marks what the suite made on a server: it acts on and removes nothing else. */
export const OWN = { key: 'acknet.dev/contract', selector: 'acknet.dev/contract=seeded' } as const;

export const withOwnLabel = (entry: JsonObject): JsonObject => ({
  ...entry,
  metadata: {
    ...object(entry, 'metadata'),
    labels: { ...texts(entry, 'metadata', 'labels'), [OWN.key]: 'seeded' },
  },
});

export const isOwn = (entry: JsonObject): boolean => OWN.key in texts(entry, 'metadata', 'labels');

const own = { labelSelector: OWN.selector };

/** Removes everything that carries the label, and the pods on nodes that do, also what a killed run left behind. */
export async function removeOwn(admin: Admin): Promise<void> {
  const nodes = new Set((await admin.list(nodeKind, own)).map((node) => placeOf(node).name));
  // Owners first, so that no controller makes anew what is taken away.
  for (const kind of [...seededKinds, ...rbacKinds, serviceAccountKind]) await removeAll(admin, kind);
  const orphans = (await admin.list(podKind)).filter(
    (pod) => nodes.has(text(pod, 'spec', 'nodeName') ?? '') || isOwn(pod),
  );
  await inParallel(orphans, (pod) => removeNow(admin, podKind, pod));
  for (const kind of [nodeKind, crdKind]) await removeAll(admin, kind);
  // A definition goes only when its last resource is gone.
  const definitions = () => tolerating([404], () => admin.list(crdKind, own));
  await waitFor('the definitions to be gone', async () => ((await definitions()) ?? []).length === 0);
}

const LAST = ['Pod', 'Node', 'Namespace'];
const seededKinds = kinds.filter(({ viewOf, crd, kind }) => !viewOf && (crd || !LAST.includes(kind)));

async function removeAll(admin: Admin, kind: Named): Promise<void> {
  // A group whose definition is not installed answers 404.
  const found = await tolerating([404], () => admin.list(kind, own));
  await inParallel(found ?? [], (entry) => removeNow(admin, kind, entry));
}

/** Whoever would act on a finalizer is not there. */
async function removeNow(admin: Admin, kind: Named, entry: JsonObject): Promise<void> {
  await tolerating([404], () => admin.remove(kind, placeOf(entry), { now: true }));
  if (kind === crdKind || list(entry, 'metadata', 'finalizers').length === 0) return;
  const patch = { metadata: { finalizers: null } };
  await tolerating([404], () => admin.merge(kind, placeOf(entry), { patch }));
}

/** Fails with the first fault, and not before all have ended: what follows must find nothing under way. */
export async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const limit = pLimit(16);
  const ends = await Promise.allSettled(items.map((item) => limit(() => work(item))));
  const failed = ends.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}
