import { text } from '../../cluster/fields.js';
import type { ClusterReader, Json, JsonObject, ObjectRef, Resource } from '../../cluster/ports.js';
import type { Change } from '../../remediations/define-remediation.js';

/** The cluster as it will be once these changes are written; what restarts is not shown. */
export function overlayReader(reader: ClusterReader, changes: readonly Change[]): ClusterReader {
  const shown = new Map<unknown, unknown>();
  const overlaid = <V>(resource: Resource<V>): Resource<V> => {
    const known = shown.get(resource) as Resource<V> | undefined;
    if (known !== undefined) return known;
    const made: Resource<V> = {
      ...resource,
      project: (raw) => resource.project(changed(raw, resource.kind, changes)),
    };
    shown.set(resource, made);
    return made;
  };
  return {
    cluster: reader.cluster,
    list: (resource, scope) => reader.list(overlaid(resource), scope),
    get: (resource, place) => reader.get(overlaid(resource), place),
    podLog: (request) => reader.podLog(request),
    serverVersion: () => reader.serverVersion(),
    serverNow: () => reader.serverNow(),
  };
}

function changed(raw: JsonObject, kind: string, changes: readonly Change[]): JsonObject {
  return changes.filter(({ about }) => isAbout(about, kind, raw)).reduce(apply, raw);
}

const isAbout = (about: ObjectRef, kind: string, raw: JsonObject): boolean =>
  about.kind === kind &&
  about.name === text(raw, 'metadata', 'name') &&
  (about.namespace ?? '') === (text(raw, 'metadata', 'namespace') ?? '');

function apply(raw: JsonObject, change: Change): JsonObject {
  switch (change.verb) {
    case 'edit-document':
      return withValue(raw, ['data', change.key], change.to);
    case 'set':
      return withValue(raw, change.path, change.to);
    case 'cordon':
      return withValue(raw, ['spec', 'unschedulable'], change.to);
    default:
      return raw;
  }
}

/** null = removed. */
function withValue(raw: JsonObject, [key = '', ...rest]: readonly string[], value: Json): JsonObject {
  const { [key]: held, ...others } = raw;
  const inner = typeof held === 'object' && held !== null && !Array.isArray(held) ? held : {};
  if (rest.length > 0) return { ...raw, [key]: withValue(inner as JsonObject, rest, value) };
  return value === null ? others : { ...raw, [key]: value };
}
