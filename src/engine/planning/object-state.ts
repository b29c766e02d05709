import { at, object, text } from '../../cluster/fields.js';
import type {
  ClusterReader,
  Json,
  JsonObject,
  ObjectRef,
  Resource,
  WritableKind,
} from '../../cluster/ports.js';
import { canonical, sha256 } from './plan-digest.js';

/** The part of an object that a change may touch. May hold secrets: never shown, never kept. */
export interface ObjectState {
  readonly resourceVersion: string;
  /** Only `data`, `spec` and `metadata.annotations`. */
  readonly content: JsonObject;
}

type Kind = Exclude<WritableKind, 'DaemonSet'>;

const resource = (
  plural: string,
  kind: Kind,
  keep: (raw: JsonObject) => JsonObject,
): Resource<ObjectState> => ({
  ...{ group: '', version: 'v1', plural, kind, namespaced: kind !== 'Node' },
  project: (raw) => ({
    resourceVersion: text(raw, 'metadata', 'resourceVersion') ?? '',
    content: { ...keep(raw), metadata: { annotations: object(raw, 'metadata', 'annotations') } },
  }),
});

const resources: Readonly<Record<Kind, Resource<ObjectState>>> = {
  ConfigMap: resource('configmaps', 'ConfigMap', (raw) => ({ data: object(raw, 'data') })),
  Service: resource('services', 'Service', (raw) => ({ spec: object(raw, 'spec') })),
  Node: resource('nodes', 'Node', (raw) => ({
    spec: { unschedulable: at(raw, 'spec', 'unschedulable') === true },
  })),
};

export type WrittenObject = ObjectRef & { readonly kind: Kind };

export function readObject(
  reader: ClusterReader,
  { kind, namespace, name }: WrittenObject,
): Promise<ObjectState> {
  return reader.get(resources[kind], { name, ...(namespace !== undefined && { namespace }) });
}

/** null = absent. */
export const valueAt = ({ content }: ObjectState, path: readonly string[]): Json =>
  at(content, ...path) ?? null;

/** Digest of what the approver relied on beside the changed field itself; metadata is not part of it. */
export const dataDigest = ({ content }: ObjectState): string =>
  sha256(canonical({ data: content.data ?? null, spec: content.spec ?? null }));
