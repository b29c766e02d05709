import { isObject, object } from '../../../../src/cluster/fields.js';
import type { Json, JsonObject } from '../../../../src/cluster/ports.js';
import type { Kind } from '../objects/kinds.js';
import { columnsOf } from './table-columns.js';

interface TableOptions {
  readonly meta: JsonObject;
  readonly now: Date;
  /** `includeObject` of the request: None, Metadata or Object. */
  readonly include: string;
}

/** meta.k8s.io/v1 Table, as `kubectl get` asks for it. */
export function renderTable(
  kind: Kind,
  objects: readonly JsonObject[],
  { meta, now, include }: TableOptions,
): JsonObject {
  const shown = columnsOf(kind);
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: meta,
    columnDefinitions: shown.map(({ name, wide, type }) => ({
      name,
      type: type ?? 'string',
      format: name === 'Name' ? 'name' : '',
      description: '',
      priority: wide ? 1 : 0,
    })),
    rows: objects.map((raw) => ({
      cells: shown.map(({ value }) => value(raw, now)),
      ...rowObject(raw, include),
    })),
  };
}

function rowObject(raw: JsonObject, include: string): { object?: Json } {
  if (include === 'None') return {};
  if (include === 'Object') return { object: raw };
  const metadata = isObject(raw.metadata) ? object(raw, 'metadata') : {};
  return { object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata } };
}
