import { at, list, object, text } from '../../../cluster/fields.js';
import type {
  ClusterReader,
  Json,
  JsonObject,
  ObjectRef,
  Resource,
  WritableKind,
} from '../../../cluster/ports.js';
import type { Fact } from '../../../proposals/basis.js';
import { custodyOf } from './custody.js';

/** The part of an object that a change may touch. May hold secrets: never shown, never kept. */
export interface ObjectState {
  readonly uid: string;
  readonly resourceVersion: string;
  /** Only `data`, `binaryData`, `spec`, and what a node is told by its `metadata`. */
  readonly content: JsonObject;
  /** Who else has it in hand. */
  readonly custody: readonly Fact[];
}

type Kind = Exclude<WritableKind, 'DaemonSet'>;

const resource = (
  plural: string,
  kind: Kind,
  keep: (raw: JsonObject) => JsonObject,
): Resource<ObjectState> => ({
  group: '',
  version: 'v1',
  plural,
  kind,
  namespaced: kind !== 'Node',
  project: (raw) => ({
    uid: text(raw, 'metadata', 'uid') ?? '',
    resourceVersion: text(raw, 'metadata', 'resourceVersion') ?? '',
    custody: kind === 'Node' ? [] : custodyOf(raw),
    content: { ...keep(raw), metadata: { annotations: object(raw, 'metadata', 'annotations') } },
  }),
});

const resources: Readonly<Record<Kind, Resource<ObjectState>>> = {
  ConfigMap: resource('configmaps', 'ConfigMap', (raw) => ({
    data: object(raw, 'data'),
    binaryData: object(raw, 'binaryData'),
  })),
  Service: resource('services', 'Service', (raw) => ({ spec: object(raw, 'spec') })),
  Node: resource('nodes', 'Node', (raw) => ({
    spec: { unschedulable: at(raw, 'spec', 'unschedulable') === true },
    labels: object(raw, 'metadata', 'labels'),
    taints: Object.fromEntries(list(raw, 'spec', 'taints').flatMap(ownTaint)),
  })),
};

/** Kubernetes sets its own by what the node reports, and for a cordon. */
function ownTaint(taint: Json): [string, Json][] {
  const key = text(taint, 'key') ?? '';
  const own = /^node\.(cloudprovider\.)?kubernetes\.io\//.test(key);
  return own ? [] : [[`${key}:${text(taint, 'effect') ?? ''}`, text(taint, 'value') ?? '']];
}

export type WrittenObject = ObjectRef & { readonly kind: Kind };

export function readObject(
  reader: ClusterReader,
  { kind, namespace, name }: WrittenObject,
): Promise<ObjectState> {
  return reader.get(resources[kind], { name, namespace });
}

/** null = absent. */
export const valueAt = ({ content }: ObjectState, path: readonly string[]): Json =>
  at(content, ...path) ?? null;
