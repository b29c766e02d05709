import { number } from '../../../../src/cluster/fields.js';
import type { Json, JsonObject } from '../../../../src/cluster/ports.js';
import { apiVersionOf, type Kind } from './kinds.js';
import { managedFieldsAfter } from './managed-fields.js';
import { withMeta } from './with-meta.js';

export interface Stamp {
  /** Absent = it is new. */
  readonly before?: JsonObject;
  readonly resourceVersion: number;
  readonly at: string;
  readonly manager: string;
  readonly status?: boolean;
  readonly meta: Readonly<Record<string, Json>>;
}

/** An object as the server keeps it after a write. */
export function stamped(kind: Kind, object: JsonObject, stamp: Stamp): JsonObject {
  const managedFields = managedFieldsAfter({
    before: stamp.before,
    after: { apiVersion: apiVersionOf(kind), kind: kind.kind, ...object },
    manager: stamp.manager,
    apiVersion: apiVersionOf(kind),
    time: secondOf(stamp.at),
    status: stamp.status ?? false,
  });
  return withMeta(wholeOf(kind, object, stamp), { managedFields });
}

/** The same without who wrote what. */
export const wholeOf = (
  kind: Kind,
  object: JsonObject,
  { meta, resourceVersion }: Omit<Stamp, 'manager'>,
): JsonObject =>
  withMeta(
    { apiVersion: apiVersionOf(kind), kind: kind.kind, ...object },
    { ...meta, resourceVersion: String(resourceVersion) },
  );

/** An ISO time in whole seconds. */
export const secondOf = (time: string): string => `${time.slice(0, 19)}Z`;

export function generationOf(before: JsonObject, after: JsonObject): Readonly<Record<string, Json>> {
  const generation = number(before, 'metadata', 'generation') ?? 0;
  const moved = JSON.stringify(before.spec) !== JSON.stringify(after.spec);
  return generation === 0 && !moved ? {} : { generation: generation + (moved ? 1 : 0) };
}
