import type { V1ConfigMap } from '@kubernetes/client-node';
import { text, texts } from '../fields.js';
import type { Resource } from '../ports.js';
import { redact } from '../redact.js';
import type { Wire } from '../wire.js';
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

const kind = { group: '', version: 'v1', plural: 'configmaps', kind: 'ConfigMap', namespaced: true } as const;

/** For checks: every value is redacted as it comes in. */
export const configMaps: Resource<ConfigMapView> = resourceOf<V1ConfigMap, ConfigMapView>(kind, (raw) =>
  project(raw, redact),
);

/**
 * For remediations, which must write back what they do not change byte for byte. Its values may hold secrets and go
 * nowhere but into a change's `from` and `to`; whatever is shown of those passes `redact`.
 */
export const exactConfigMaps: Resource<ConfigMapView> = resourceOf<V1ConfigMap, ConfigMapView>(kind, (raw) =>
  project(raw, (value) => value),
);

function project(raw: Wire<V1ConfigMap>, shown: (value: string) => string): ConfigMapView {
  return {
    namespace: namespaceOf(raw),
    name: nameOf(raw),
    resourceVersion: text(raw.metadata?.resourceVersion) ?? '',
    data: Object.fromEntries(Object.entries(texts(raw.data)).map(([key, value]) => [key, shown(value)])),
    writtenAt: lastWritten(raw),
    writtenBy: lastWriter(raw),
  };
}
