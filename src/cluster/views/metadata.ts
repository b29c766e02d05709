import type { KubernetesObject, V1ObjectMeta } from '@kubernetes/client-node';
import { flag, list, text } from '../fields.js';
import type { Wire } from '../wire.js';

type RawObject = Wire<KubernetesObject>;

/** A manager's name may have 128 characters. */
const LONGEST_NAME = 128;

/**
 * ISO time of the newest write that the API server recorded; absent on servers (before 1.18) or objects without
 * managedFields. When it was created says nothing about when it was last written.
 */
export function lastWritten(raw: RawObject): string | undefined {
  const times = list(raw.metadata?.managedFields)
    .filter((entry) => text(entry?.subresource) === undefined)
    .map((entry) => text(entry?.time))
    .filter((time) => time !== undefined);
  return times.sort().at(-1);
}

/** The field manager of that newest write, cut to a length; of several at that time the last one listed. */
export function lastWriter(raw: RawObject): string | undefined {
  const time = lastWritten(raw);
  if (time === undefined) return undefined;
  const newest = list(raw.metadata?.managedFields).findLast(
    (entry) => text(entry?.subresource) === undefined && text(entry?.time) === time,
  );
  return text(newest?.manager)?.slice(0, LONGEST_NAME);
}

export const nameOf = (raw: RawObject): string => text(raw.metadata?.name) ?? '';
export const namespaceOf = (raw: RawObject): string => text(raw.metadata?.namespace) ?? '';
export const uidOf = (raw: RawObject): string => text(raw.metadata?.uid) ?? '';

export interface OwnerView {
  readonly kind: string;
  readonly name: string;
}

/** The controller, else the first owner. */
export function ownerOf(metadata: Wire<V1ObjectMeta> | null | undefined): OwnerView | undefined {
  const owners = list(metadata?.ownerReferences);
  const owner = owners.find((entry) => flag(entry?.controller)) ?? owners[0];
  return owner === undefined ? undefined : { kind: text(owner?.kind) ?? '', name: text(owner?.name) ?? '' };
}
