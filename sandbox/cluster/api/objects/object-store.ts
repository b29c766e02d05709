import { isObject, list, number, text } from '../../../../src/cluster/fields.js';
import type { Json, JsonObject } from '../../../../src/cluster/ports.js';
import { ApiFault, alreadyExists, notFound } from '../api-fault.js';
import { apiVersionOf, eventKind, type Kind, kindKey } from './kinds.js';
import { managedFieldsAfter, seededFields } from './managed-fields.js';

export interface StoreEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly kind: Kind;
  readonly object: JsonObject;
  /** What a modified object was. */
  readonly before?: JsonObject;
  readonly resourceVersion: number;
}

interface StoreOptions {
  readonly now: () => Date;
  readonly nextId: () => string;
  /** Events kept for watches that start in the past. */
  readonly history?: number;
}

export interface ObjectStore {
  readonly resourceVersion: number;
  /** By namespace and name, as etcd keeps them. */
  all(kind: Kind): readonly JsonObject[];
  find(kind: Kind, namespace: string | undefined, name: string): JsonObject | undefined;
  /** Throws 404. */
  get(kind: Kind, namespace: string | undefined, name: string): JsonObject;
  /** Checks everything `create` does and stores nothing when `dryRun`. */
  create(kind: Kind, object: JsonObject, options?: { manager?: string; dryRun?: boolean }): JsonObject;
  /** Puts an object of a scenario in, with the write times it brings. */
  seed(kind: Kind, object: JsonObject): JsonObject;
  replace(
    kind: Kind,
    object: JsonObject,
    options?: { manager?: string; dryRun?: boolean; status?: boolean },
  ): JsonObject;
  remove(kind: Kind, namespace: string | undefined, name: string): JsonObject;
  /** The object as JSON text, kept until it changes. */
  json(object: JsonObject): string;
  /** Events after `since`; throws 410 when that is older than the history. */
  since(resourceVersion: number): readonly StoreEvent[];
  subscribe(listener: (event: StoreEvent) => void): () => void;
}

export function createObjectStore(options: StoreOptions): ObjectStore {
  const objects = new Map<string, Map<string, JsonObject>>();
  const rendered = new WeakMap<JsonObject, string>();
  const listeners = new Set<(event: StoreEvent) => void>();
  const history: StoreEvent[] = [];
  let version = 1000;

  const bucket = (kind: Kind): Map<string, JsonObject> => {
    const key = kindKey(kind.viewOf ? eventKind : kind);
    const found = objects.get(key) ?? new Map<string, JsonObject>();
    objects.set(key, found);
    return found;
  };
  const sorted = new Map<Map<string, JsonObject>, readonly JsonObject[]>();
  const commit = (change: Omit<StoreEvent, 'resourceVersion'>): void => {
    const event = { ...change, resourceVersion: version };
    sorted.delete(bucket(change.kind));
    history.push(event);
    if (history.length > (options.history ?? 10_000)) history.shift();
    for (const listener of [...listeners]) listener(event);
  };

  const store: ObjectStore = {
    get resourceVersion() {
      return version;
    },
    all(kind) {
      const held = bucket(kind);
      const known =
        sorted.get(held) ??
        [...held.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
      sorted.set(held, known);
      return known;
    },
    find: (kind, namespace, name) => bucket(kind).get(keyOf(namespace, name)),
    get: (kind, namespace, name) => {
      const found = store.find(kind, namespace, name);
      if (found === undefined) throw notFound(kind, name);
      return found;
    },
    create(kind, object, { manager = 'acknet-sandbox', dryRun = false } = {}) {
      const { namespace, name } = placeOf(object);
      if (store.find(kind, namespace, name)) throw alreadyExists(kind, name);
      const at = `${options.now().toISOString().slice(0, 19)}Z`;
      const created = stamped(kind, object, {
        resourceVersion: version + 1,
        at: text(object, 'metadata', 'creationTimestamp') || at,
        manager,
        meta: {
          uid: text(object, 'metadata', 'uid') ?? options.nextId(),
          creationTimestamp: text(object, 'metadata', 'creationTimestamp') || at,
          ...('spec' in object && { generation: number(object, 'metadata', 'generation') ?? 1 }),
        },
      });
      if (dryRun) return created;
      version += 1;
      bucket(kind).set(keyOf(namespace, name), created);
      commit({ type: 'ADDED', kind, object: created });
      return created;
    },
    seed(kind, object) {
      const written = list(object, 'metadata', 'managedFields');
      const made = store.create(kind, object, { manager: 'kubectl', dryRun: true });
      const [own] = list(made, 'metadata', 'managedFields');
      const { fieldsV1: _, ...kubectl } = isObject(own) ? own : {};
      const managedFields = seededFields(made, written.length > 0 ? written : [kubectl]);
      const seeded = withMeta(made, { managedFields });
      const { namespace, name } = placeOf(seeded);
      version += 1;
      bucket(kind).set(keyOf(namespace, name), seeded);
      commit({ type: 'ADDED', kind, object: seeded });
      return seeded;
    },
    replace(kind, object, { manager = 'acknet-sandbox', dryRun = false, status = false } = {}) {
      const { namespace, name } = placeOf(object);
      const before = store.get(kind, namespace, name);
      const changed = stamped(kind, object, {
        before,
        resourceVersion: version + 1,
        at: options.now().toISOString(),
        manager,
        status,
        meta: generationOf(before, object),
      });
      if (dryRun) return changed;
      version += 1;
      bucket(kind).set(keyOf(namespace, name), changed);
      commit({ type: 'MODIFIED', kind, object: changed, before });
      return changed;
    },
    remove(kind, namespace, name) {
      const before = store.get(kind, namespace, name);
      version += 1;
      bucket(kind).delete(keyOf(namespace, name));
      commit({ type: 'DELETED', kind, object: withMeta(before, { resourceVersion: String(version) }) });
      return before;
    },
    json(object) {
      const known = rendered.get(object) ?? JSON.stringify(object);
      rendered.set(object, known);
      return known;
    },
    since(resourceVersion) {
      const oldest = history[0];
      if (oldest && resourceVersion + 1 < oldest.resourceVersion) {
        throw new ApiFault(410, `too old resource version: ${resourceVersion} (${oldest.resourceVersion})`);
      }
      return history.filter((event) => event.resourceVersion > resourceVersion);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  return store;
}

const keyOf = (namespace: string | undefined, name: string): string => `${namespace ?? ''}/${name}`;

export function placeOf(object: JsonObject): { namespace: string | undefined; name: string } {
  return { namespace: text(object, 'metadata', 'namespace'), name: text(object, 'metadata', 'name') ?? '' };
}

export function withMeta(object: JsonObject, meta: Readonly<Record<string, Json>>): JsonObject {
  return { ...object, metadata: { ...(object.metadata as JsonObject), ...meta } };
}

interface Stamp {
  /** Absent = it is new. */
  readonly before?: JsonObject;
  readonly resourceVersion: number;
  readonly at: string;
  readonly manager: string;
  readonly status?: boolean;
  readonly meta: Readonly<Record<string, Json>>;
}

function stamped(kind: Kind, object: JsonObject, stamp: Stamp): JsonObject {
  const whole = { apiVersion: apiVersionOf(kind), kind: kind.kind, ...object };
  const managedFields = managedFieldsAfter({
    before: stamp.before,
    after: whole,
    manager: stamp.manager,
    apiVersion: apiVersionOf(kind),
    time: `${stamp.at.slice(0, 19)}Z`,
    status: stamp.status ?? false,
  });
  return withMeta(whole, {
    ...stamp.meta,
    resourceVersion: String(stamp.resourceVersion),
    managedFields,
  });
}

function generationOf(before: JsonObject, after: JsonObject): Readonly<Record<string, Json>> {
  const generation = number(before, 'metadata', 'generation') ?? 0;
  const moved = JSON.stringify(before.spec) !== JSON.stringify(after.spec);
  return generation === 0 && !moved ? {} : { generation: generation + (moved ? 1 : 0) };
}
