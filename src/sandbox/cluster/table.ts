import { list, number, object, text } from '../../cluster/fields.js';
import type { Json, JsonObject } from '../../cluster/ports.js';
import type { Kind } from './kinds.js';

type Column = {
  readonly name: string;
  readonly value: (object: JsonObject, now: Date) => Json;
  readonly wide?: boolean;
};

const nameColumn: Column = { name: 'Name', value: (raw) => text(raw, 'metadata', 'name') ?? '' };
const ageColumn: Column = {
  name: 'Age',
  value: (raw, now) => age(text(raw, 'metadata', 'creationTimestamp'), now),
};

const conditionOf = (raw: JsonObject, type: string): string | undefined =>
  text(
    list(raw, 'status', 'conditions').find((entry) => text(entry, 'type') === type),
    'status',
  );

const rolesOf = (raw: JsonObject): string => {
  const prefix = 'node-role.kubernetes.io/';
  const roles = Object.keys(object(raw, 'metadata', 'labels')).filter((label) => label.startsWith(prefix));
  return roles.map((label) => label.slice(prefix.length)).join(',') || '<none>';
};

const columns: Readonly<Record<string, readonly Column[]>> = {
  Node: [
    {
      name: 'Status',
      value: (raw) =>
        `${conditionOf(raw, 'Ready') === 'True' ? 'Ready' : 'NotReady'}${object(raw, 'spec').unschedulable === true ? ',SchedulingDisabled' : ''}`,
    },
    { name: 'Roles', value: rolesOf },
    ageColumn,
    { name: 'Version', value: (raw) => text(raw, 'status', 'nodeInfo', 'kubeletVersion') ?? '' },
  ],
  Pod: [
    { name: 'Ready', value: readyCount },
    { name: 'Status', value: (raw) => podStatus(raw) },
    {
      name: 'Restarts',
      value: (raw) =>
        list(raw, 'status', 'containerStatuses').reduce<number>(
          (sum, c) => sum + (number(c, 'restartCount') ?? 0),
          0,
        ),
    },
    ageColumn,
    { name: 'IP', value: (raw) => text(raw, 'status', 'podIP') ?? '<none>', wide: true },
    { name: 'Node', value: (raw) => text(raw, 'spec', 'nodeName') ?? '<none>', wide: true },
  ],
  DaemonSet: [
    { name: 'Desired', value: (raw) => number(raw, 'status', 'desiredNumberScheduled') ?? 0 },
    { name: 'Current', value: (raw) => number(raw, 'status', 'currentNumberScheduled') ?? 0 },
    { name: 'Ready', value: (raw) => number(raw, 'status', 'numberReady') ?? 0 },
    { name: 'Up-to-date', value: (raw) => number(raw, 'status', 'updatedNumberScheduled') ?? 0 },
    { name: 'Available', value: (raw) => number(raw, 'status', 'numberAvailable') ?? 0 },
    ageColumn,
  ],
  ConfigMap: [{ name: 'Data', value: (raw) => Object.keys(object(raw, 'data')).length }, ageColumn],
  Service: [
    { name: 'Type', value: (raw) => text(raw, 'spec', 'type') ?? 'ClusterIP' },
    { name: 'Cluster-IP', value: (raw) => text(raw, 'spec', 'clusterIP') ?? '<none>' },
    ageColumn,
  ],
  Event: [
    { name: 'Type', value: (raw) => text(raw, 'type') ?? '' },
    { name: 'Reason', value: (raw) => text(raw, 'reason') ?? '' },
    {
      name: 'Object',
      value: (raw) =>
        `${(text(raw, 'involvedObject', 'kind') ?? '').toLowerCase()}/${text(raw, 'involvedObject', 'name')}`,
    },
    { name: 'Message', value: (raw) => text(raw, 'message') ?? '' },
  ],
};

/** meta.k8s.io/v1 Table, as `kubectl get` asks for it. */
export function renderTable(
  kind: Kind,
  objects: readonly JsonObject[],
  context: { meta: JsonObject; now: Date },
): JsonObject {
  const shown = [
    nameColumn,
    ...(columns[kind.group === '' || kind.group === 'apps' ? kind.kind : ''] ?? [ageColumn]),
  ];
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: context.meta,
    columnDefinitions: shown.map(({ name, wide }) => ({
      name,
      type: 'string',
      format: name === 'Name' ? 'name' : '',
      description: '',
      priority: wide ? 1 : 0,
    })),
    rows: objects.map((raw) => ({
      cells: shown.map(({ value }) => value(raw, context.now)),
      object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: raw.metadata ?? {} },
    })),
  };
}

function readyCount(raw: JsonObject): string {
  const statuses = list(raw, 'status', 'containerStatuses');
  const ready = statuses.filter((status) => object(status).ready === true).length;
  return `${ready}/${Math.max(list(raw, 'spec', 'containers').length, statuses.length)}`;
}

function podStatus(raw: JsonObject): string {
  if (text(raw, 'metadata', 'deletionTimestamp')) return 'Terminating';
  const waiting = list(raw, 'status', 'containerStatuses').map((status) =>
    text(status, 'state', 'waiting', 'reason'),
  );
  return waiting.find((reason) => reason !== undefined) ?? text(raw, 'status', 'phase') ?? 'Unknown';
}

export function age(since: string | undefined, now: Date): string {
  const seconds = since === undefined ? Number.NaN : Math.max(0, (now.getTime() - Date.parse(since)) / 1000);
  if (Number.isNaN(seconds)) return '<unknown>';
  const units: readonly (readonly [number, string])[] = [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'm'],
  ];
  const unit = units.find(([size]) => seconds >= 2 * size);
  return unit ? `${Math.floor(seconds / unit[0])}${unit[1]}` : `${Math.floor(seconds)}s`;
}
