import type { ClusterReader, JsonObject, ListScope, Resource } from '../../cluster/ports.js';
import { pods } from '../../cluster/views/pod.js';
import { type TerwayNodeView, terwayNodes } from '../../cluster/views/terway/terway-node.js';
import { isAcknetError } from '../../errors.js';
import { inPlace, type RunScope } from '../checking/run-scope.js';
import { type Place, placeOf } from './place.js';

interface Placed<V> {
  readonly view: V;
  readonly place: Place;
}

/** One run's reads, seen whole and seen as if there were nothing but what the scope names; what is read twice is read once. */
export interface ScopedReaders {
  readonly whole: ClusterReader;
  readonly narrow: ClusterReader;
  /** Everything that was listed so far and belongs elsewhere only. */
  elsewhere(): readonly Place[];
}

/** `reader` must be a shared one. */
export function createScopedReaders(reader: ClusterReader, scope: RunScope): ScopedReaders {
  const resources = new Map<Resource<unknown>, Resource<Placed<unknown>>>();
  const others = new Map<string, Place>();

  const placed = <V>(resource: Resource<V>): Resource<Placed<V>> => {
    const known = resources.get(resource) ?? withPlace(resource);
    resources.set(resource, known);
    return known as Resource<Placed<V>>;
  };
  const list = <V>(resource: Resource<V>, within?: ListScope) => reader.list(placed(resource), within);
  const nodesOfPods = async (): Promise<ReadonlyMap<string, string | undefined>> => {
    const all = scope.node === undefined ? [] : await list(pods).catch(unlessUnread);
    return new Map(all.map(({ place }) => [place.pod ?? '', place.node]));
  };

  return {
    whole: { ...reader, list: async (resource, within) => (await list(resource, within)).map(viewOf) },
    narrow: {
      ...reader,
      list: async (resource, within) => {
        const [all, nodeOf] = await Promise.all([list(resource, within), nodesOfPods()]);
        return all
          .filter(({ place }) => {
            const at = { ...place, node: (place.pod && nodeOf.get(place.pod)) ?? place.node };
            const isIn = inPlace(scope, at);
            if (!isIn) others.set(`${resource.plural} ${at.namespace} ${at.name}`, at);
            return isIn;
          })
          .map(({ view }) => narrowView(resource, view, scope));
      },
    },
    elsewhere: () => [...others.values()],
  };
}

const viewOf = <V>({ view }: Placed<V>): V => view;

const withPlace = <V>(resource: Resource<V>): Resource<Placed<V>> => ({
  ...resource,
  project: (raw: JsonObject) => ({ view: resource.project(raw), place: placeOf(resource.kind, raw) }),
});

/** Terway's object of a node lists the pods that hold its addresses, of whatever namespace. */
function narrowView<V>(resource: Resource<V>, view: V, scope: RunScope): V {
  if ((resource as Resource<unknown>) !== terwayNodes) return view;
  const isIn = (pod: string): boolean => inPlace(scope, { namespace: pod.slice(0, pod.indexOf('/')) });
  const { interfaces, ...rest } = view as TerwayNodeView;
  const own = interfaces.map((entry) => ({ ...entry, pods: entry.pods.filter(isIn) }));
  return { ...rest, interfaces: own } as V;
}

function unlessUnread(error: unknown): readonly never[] {
  if (isAcknetError(error)) return [];
  throw error;
}
