import { at, list, number, object, strings, text, texts } from '../../../../src/cluster/fields.js';
import type { Json, JsonObject } from '../../../../src/cluster/ports.js';
import { type Kind, kindKey } from '../objects/kinds.js';
import { nodeRoles, nodeStatus, podReady, podRestarts, podStatus, servicePorts } from './table-cells.js';

interface Column {
  readonly name: string;
  readonly value: (raw: JsonObject, now: Date) => Json;
  /** Shown with `-o wide` only. */
  readonly wide?: boolean;
  readonly type?: 'integer';
}

const NONE = '<none>';

const field = (name: string, ...path: string[]): Column => ({
  name,
  value: (raw) => text(raw, ...path) ?? NONE,
});
const amount = (name: string, ...path: string[]): Column => ({
  name,
  type: 'integer',
  value: (raw) => number(raw, ...path) ?? 0,
});
const wide = (column: Column): Column => ({ ...column, wide: true });
const pairs = (name: string, ...path: string[]): Column => ({
  name,
  value: (raw) => pairsText(texts(raw, ...path)),
});
const pairsText = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',') || NONE;

const name = field('Name', 'metadata', 'name');
const created: Column = {
  name: 'Age',
  value: (raw, now) => age(text(raw, 'metadata', 'creationTimestamp'), now),
};
const addressColumn = (title: string, type: string): Column => ({
  name: title,
  wide: true,
  value: (raw) =>
    text(
      list(raw, 'status', 'addresses').find((entry) => text(entry, 'type') === type),
      'address',
    ) ?? NONE,
});
const templateColumns = (key: 'name' | 'image', title: string): Column => ({
  name: title,
  wide: true,
  value: (raw) =>
    list(raw, 'spec', 'template', 'spec', 'containers')
      .map((container) => text(container, key))
      .join(','),
});
const ownTemplate = [
  templateColumns('name', 'Containers'),
  templateColumns('image', 'Images'),
  wide(pairs('Selector', 'spec', 'selector', 'matchLabels')),
];

const columns: Readonly<Record<string, readonly Column[]>> = {
  'nodes.': [
    { name: 'Status', value: nodeStatus },
    { name: 'Roles', value: nodeRoles },
    created,
    field('Version', 'status', 'nodeInfo', 'kubeletVersion'),
    addressColumn('Internal-IP', 'InternalIP'),
    addressColumn('External-IP', 'ExternalIP'),
    wide(field('OS-Image', 'status', 'nodeInfo', 'osImage')),
    wide(field('Kernel-Version', 'status', 'nodeInfo', 'kernelVersion')),
    wide(field('Container-Runtime', 'status', 'nodeInfo', 'containerRuntimeVersion')),
  ],
  'pods.': [
    { name: 'Ready', value: podReady },
    { name: 'Status', value: podStatus },
    { name: 'Restarts', value: podRestarts },
    created,
    wide(field('IP', 'status', 'podIP')),
    wide(field('Node', 'spec', 'nodeName')),
    wide(field('Nominated Node', 'status', 'nominatedNodeName')),
    { name: 'Readiness Gates', wide: true, value: () => NONE },
  ],
  'daemonsets.apps': [
    amount('Desired', 'status', 'desiredNumberScheduled'),
    amount('Current', 'status', 'currentNumberScheduled'),
    amount('Ready', 'status', 'numberReady'),
    amount('Up-to-date', 'status', 'updatedNumberScheduled'),
    amount('Available', 'status', 'numberAvailable'),
    pairs('Node Selector', 'spec', 'template', 'spec', 'nodeSelector'),
    created,
    ...ownTemplate,
  ],
  'deployments.apps': [
    {
      name: 'Ready',
      value: (raw) =>
        `${number(raw, 'status', 'readyReplicas') ?? 0}/${number(raw, 'spec', 'replicas') ?? 0}`,
    },
    amount('Up-to-date', 'status', 'updatedReplicas'),
    amount('Available', 'status', 'availableReplicas'),
    created,
    ...ownTemplate,
  ],
  'replicasets.apps': [
    amount('Desired', 'spec', 'replicas'),
    amount('Current', 'status', 'replicas'),
    amount('Ready', 'status', 'readyReplicas'),
    created,
    ...ownTemplate,
  ],
  'controllerrevisions.apps': [
    {
      name: 'Controller',
      value: (raw) => {
        const owner = list(raw, 'metadata', 'ownerReferences')[0];
        return owner ? `daemonset.apps/${text(owner, 'name')}` : NONE;
      },
    },
    amount('Revision', 'revision'),
    created,
  ],
  'configmaps.': [
    { name: 'Data', type: 'integer', value: (raw) => Object.keys(object(raw, 'data')).length },
    created,
  ],
  'secrets.': [
    field('Type', 'type'),
    { name: 'Data', type: 'integer', value: (raw) => Object.keys(object(raw, 'data')).length },
    created,
  ],
  'services.': [
    field('Type', 'spec', 'type'),
    field('Cluster-IP', 'spec', 'clusterIP'),
    { name: 'External-IP', value: (raw) => text(raw, 'status', 'loadBalancer', 'ingress', 'ip') ?? NONE },
    { name: 'Port(s)', value: servicePorts },
    created,
    wide(pairs('Selector', 'spec', 'selector')),
  ],
  'namespaces.': [field('Status', 'status', 'phase'), created],
  'events.': [
    { name: 'Last Seen', value: (raw, now) => age(lastSeen(raw), now) },
    field('Type', 'type'),
    field('Reason', 'reason'),
    {
      name: 'Object',
      value: (raw) =>
        `${(text(raw, 'involvedObject', 'kind') ?? '').toLowerCase()}/${text(raw, 'involvedObject', 'name') ?? ''}`,
    },
    wide({
      name: 'Source',
      value: (raw) => text(raw, 'source', 'component') ?? text(raw, 'reportingComponent') ?? '',
    }),
    field('Message', 'message'),
    wide({
      name: 'Count',
      type: 'integer',
      value: (raw) => number(raw, 'series', 'count') ?? number(raw, 'count') ?? 1,
    }),
    wide(name),
  ],
  'endpointslices.discovery.k8s.io': [
    field('AddressType', 'addressType'),
    {
      name: 'Ports',
      value: (raw) =>
        list(raw, 'ports')
          .map((port) => number(port, 'port'))
          .join(',') || '<unset>',
    },
    {
      name: 'Endpoints',
      value: (raw) =>
        list(raw, 'endpoints')
          .flatMap((endpoint) => strings(endpoint, 'addresses'))
          .join(',') || '<unset>',
    },
    created,
  ],
  'networkpolicies.networking.k8s.io': [pairs('Pod-Selector', 'spec', 'podSelector', 'matchLabels'), created],
  'poddisruptionbudgets.policy': [
    { name: 'Min Available', value: (raw) => orNotSet(raw, 'minAvailable') },
    { name: 'Max Unavailable', value: (raw) => orNotSet(raw, 'maxUnavailable') },
    amount('Allowed Disruptions', 'status', 'disruptionsAllowed'),
    created,
  ],
};

/** Columns of the kinds that kubectl users look at; of any other kind name and age. */
export function columnsOf(kind: Kind): readonly Column[] {
  const key = kind.viewOf === 'Event' ? 'events.' : kindKey(kind);
  const own = columns[key];
  return key === 'events.' && own ? own : [name, ...(own ?? [created])];
}

const orNotSet = (raw: JsonObject, key: string): string => String(at(raw, 'spec', key) ?? 'N/A');

const lastSeen = (raw: JsonObject): string | undefined =>
  text(raw, 'series', 'lastObservedTime') ??
  text(raw, 'lastTimestamp') ??
  text(raw, 'eventTime') ??
  text(raw, 'metadata', 'creationTimestamp');

/** `7m30s`, `5h`, `21d`, as kubectl words a duration. */
function age(since: string | undefined, now: Date): string {
  const seconds = Math.floor(since ? Math.max(0, (now.getTime() - Date.parse(since)) / 1000) : Number.NaN);
  if (Number.isNaN(seconds)) return '<unknown>';
  const [minutes, hours, days] = [60, 3600, 86_400].map((size) => Math.floor(seconds / size));
  if (seconds < 120) return `${seconds}s`;
  if ((minutes ?? 0) < 10) return parts(minutes, 'm', seconds % 60, 's');
  if ((minutes ?? 0) < 180) return `${minutes}m`;
  if ((hours ?? 0) < 8) return parts(hours, 'h', (minutes ?? 0) % 60, 'm');
  if ((hours ?? 0) < 48) return `${hours}h`;
  if ((days ?? 0) < 8) return parts(days, 'd', (hours ?? 0) % 24, 'h');
  return `${days}d`;
}

const parts = (high: number | undefined, unit: string, low: number, lower: string): string =>
  low === 0 ? `${high}${unit}` : `${high}${unit}${low}${lower}`;
