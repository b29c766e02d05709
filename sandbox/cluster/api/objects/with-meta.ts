import type { Json, JsonObject } from '../../../../src/cluster/ports.js';

export function withMeta(object: JsonObject, meta: Readonly<Record<string, Json>>): JsonObject {
  return { ...object, metadata: { ...(object.metadata as JsonObject), ...meta } };
}
