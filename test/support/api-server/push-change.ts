import { type Kind, nodeKind, podKind } from '../../../sandbox/cluster/api/objects/kinds.js';
import { placeOf } from '../../../sandbox/cluster/api/objects/object-store.js';
import { isDeleting, uidOf } from '../../../sandbox/cluster/controllers/owned-pods.js';
import { at, list, object, text } from '../../../src/cluster/fields.js';
import type { Json, JsonObject } from '../../../src/cluster/ports.js';
import type { Admin } from './admin.js';
import { withOwnLabel } from './own-objects.js';

interface Change {
  readonly kind: Kind;
  readonly before: JsonObject | undefined;
  readonly after: JsonObject | undefined;
}

/** Sends to the server what a controller did to its copy of an object. */
export async function pushChange(admin: Admin, { kind, before, after }: Change): Promise<void> {
  if (after === undefined) {
    if (before === undefined) return;
    const uid = uidOf(before);
    return void (await admin.remove(kind, placeOf(before), { now: true, uid }));
  }
  if (before === undefined) return void (await admin.create(withOwnLabel(asNew(after))));
  await pushUpdate(admin, { kind, before, after });
}

async function pushUpdate(
  admin: Admin,
  { kind, before, after }: Required<Change> & { before: JsonObject; after: JsonObject },
) {
  const place = placeOf(after);
  if (kind === podKind && !isDeleting(before) && isDeleting(after))
    return void (await admin.remove(kind, place));
  const node = text(after, 'spec', 'nodeName');
  if (kind === podKind && node !== text(before, 'spec', 'nodeName')) await admin.bind(place, node ?? '');
  if (kind === nodeKind && differ(before, after, 'spec', 'taints'))
    await admin.merge(kind, place, { patch: { spec: { taints: list(after, 'spec', 'taints') } } });
  if (!differ(before, after, 'status')) return;
  const uid = uidOf(before);
  const patch = { metadata: { uid }, status: replacing(object(before, 'status'), object(after, 'status')) };
  await admin.merge(kind, place, { patch, sub: 'status' });
}

const differ = (before: JsonObject, after: JsonObject, ...path: readonly string[]): boolean =>
  JSON.stringify(at(before, ...path)) !== JSON.stringify(at(after, ...path));

/** A merge patch that leaves nothing of what was: keys that are gone are set to null. */
export function replacing(before: JsonObject, after: JsonObject): JsonObject {
  const gone = Object.keys(before).filter((key) => !(key in after));
  return { ...Object.fromEntries(gone.map((key) => [key, null] as const)), ...after };
}

const SERVER_SET = new Set([
  'uid',
  'resourceVersion',
  'generation',
  'managedFields',
  'creationTimestamp',
  'selfLink',
]);

/** Without what a server sets itself. */
export function asNew(object: JsonObject): JsonObject {
  const { status: _, ...rest } = object;
  const metadata = Object.entries(object.metadata as JsonObject).filter(
    ([key, value]: [string, Json | undefined]) => !SERVER_SET.has(key) && value !== undefined,
  );
  return { ...rest, metadata: Object.fromEntries(metadata) };
}
