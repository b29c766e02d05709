import type { V1ConfigMap } from '@kubernetes/client-node';
import { text, texts } from '../fields.js';
import type { Resource } from '../ports.js';
import { lastWriter, lastWritten, nameOf, namespaceOf } from './metadata.js';
import { resourceOf } from './resource-of.js';

export interface ConfigMapView {
  readonly namespace: string;
  readonly name: string;
  readonly resourceVersion: string;
  readonly data: Readonly<Record<string, string>>;
  /** ISO time of the newest write. */
  readonly writtenAt?: string | undefined;
  /** The field manager of that write: `kubectl-edit`, a controller, … */
  readonly writtenBy?: string | undefined;
}

/** Values as they stand, byte for byte: they may hold secrets, and are masked where a text leaves. */
export const configMaps: Resource<ConfigMapView> = resourceOf<V1ConfigMap, ConfigMapView>(
  { group: '', version: 'v1', plural: 'configmaps', kind: 'ConfigMap', namespaced: true },
  (raw) => ({
    namespace: namespaceOf(raw),
    name: nameOf(raw),
    resourceVersion: text(raw.metadata?.resourceVersion) ?? '',
    data: texts(raw.data),
    writtenAt: lastWritten(raw),
    writtenBy: lastWriter(raw),
  }),
);
