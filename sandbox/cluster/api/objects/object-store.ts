import { list, number, text } from '../../../../src/cluster/fields.js';
import type { JsonObject } from '../../../../src/cluster/ports.js';
import { ApiFault, alreadyExists, notFound } from '../api-fault.js';
import { apiVersionOf, eventKind, type Kind, kindKey } from './kinds.js';
import { byOwner } from './by-owner.js';
import { seededFields, writerOf } from './managed-fields.js';
import { generationOf, type Stamp, secondOf, stamped, wholeOf } from './stamped.js';
import { withMeta } from './with-meta.js';

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
  /** Those of them that name the object with this uid as an owner. */
  ownedBy(kind: Kind, uid: string): readonly JsonObject[];
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
  const owned = new Map<Map<string, JsonObject>, ReturnType<typeof byOwner>>();
  const commit = (change: Omit<StoreEvent, 'resourceVersion'>): void => {
    const event = { ...change, resourceVersion: version };
    sorted.delete(bucket(change.kind));
    owned.delete(bucket(change.kind));
    history.push(event);
    if (history.length > (options.history ?? 10_000)) history.shift();
    for (const listener of [...listeners]) listener(event);
  };

  /** What the server gives an object that is new. */
  const born = (object: JsonObject): Omit<Stamp, 'manager'> => {
    const at = text(object, 'metadata', 'creationTimestamp') || secondOf(options.now().toISOString());
    return {
      resourceVersion: version + 1,
      at,
      meta: {
        uid: text(object, 'metadata', 'uid') ?? options.nextId(),
        creationTimestamp: at,
        ...('spec' in object && { generation: number(object, 'metadata', 'generation') ?? 1 }),
      },
    };
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
    ownedBy(kind, uid) {
      const held = bucket(kind);
      const known = owned.get(held) ?? byOwner(store.all(kind));
      owned.set(held, known);
      return known.get(uid)?.map(({ object }) => object) ?? [];
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
      const created = stamped(kind, object, { ...born(object), manager });
      if (dryRun) return created;
      version += 1;
      bucket(kind).set(keyOf(namespace, name), created);
      commit({ type: 'ADDED', kind, object: created });
      return created;
    },
    seed(kind, object) {
      const written = list(object, 'metadata', 'managedFields');
      const { namespace, name } = placeOf(object);
      if (store.find(kind, namespace, name)) throw alreadyExists(kind, name);
      const made = born(object);
      const kubectl = writerOf({
        manager: 'kubectl',
        apiVersion: apiVersionOf(kind),
        time: secondOf(made.at),
      });
      const whole = wholeOf(kind, object, made);
      const managedFields = seededFields(whole, written.length > 0 ? written : [kubectl]);
      const seeded = withMeta(whole, { managedFields });
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
