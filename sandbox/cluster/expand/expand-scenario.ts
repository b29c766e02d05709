import type { JsonObject } from '../../../src/cluster/ports.js';
import type { LogLine } from '../api/objects/pod-logs.js';
import { relativeTime, withTimes } from '../relative-time.js';
import type { Scenario } from '../scenario.js';
import { type Addresses, createAddresses, type NodeRange } from './addresses.js';
import { expandDaemonSet } from './expand-daemon-set.js';
import { expandEvents } from './expand-events.js';
import { expandWorkload } from './expand-workloads.js';
import { expandNodes } from './node-objects.js';
import { defaultServiceCidr } from './service-cidr-objects.js';
import { terwayNodes } from './terway-node-objects.js';

export interface Expansion {
  readonly scenario: Scenario;
  readonly now: Date;
  readonly nextId: () => string;
  readonly addresses: Addresses;
}

export interface SeededLog {
  readonly podUid: string;
  readonly container: string;
  readonly lines: readonly LogLine[];
}

export interface ExpandedScenario {
  /** In the order in which they may be created. */
  readonly objects: readonly JsonObject[];
  readonly logs: readonly SeededLog[];
  /** Hands out the addresses that are still free. */
  readonly addresses: Addresses;
}

/** Every object of a scenario, realistic in names, labels and status. */
export function expandScenario(given: Omit<Expansion, 'addresses'>): ExpandedScenario {
  const { scenario, now } = given;
  const nodes = expandNodes(scenario, now);
  const ranges = nodes.flatMap(({ name, range }) => (range ? [[name, range] as const] : []));
  const addresses = createAddresses(new Map<string, NodeRange>(ranges));
  const expansion = { ...given, addresses };

  const sets = scenario.daemonSets.map((set) => expandDaemonSet(set, nodes, expansion));
  const workloads = scenario.workloads.flatMap((workload) => expandWorkload(workload, nodes, expansion));
  const living = [...sets.flatMap((set) => set.objects), ...workloads];
  const pods = living.filter(({ kind }) => kind === 'Pod');
  return {
    objects: [
      ...namespaces(scenario),
      ...nodes.map(({ object }) => object),
      ...scenario.configMaps.map((entry) => configMap(entry, now)),
      ...defaultServiceCidr(scenario, now),
      ...scenario.services.map((entry) => service(entry, now)),
      ...living,
      ...terwayNodes(nodes, pods, expansion),
      ...[...scenario.objects, ...scenario.repeated.flatMap(copies)].map(
        (entry) => withTimes(entry, now) as JsonObject,
      ),
      ...expandEvents(pods, expansion),
    ],
    logs: sets.flatMap((set) => set.logs),
    addresses,
  };
}

/** The namespace they stand in is the scenario's to name. */
const copies = ({ count, object }: Scenario['repeated'][number]): readonly JsonObject[] =>
  Array.from(
    { length: count },
    (_, index) => JSON.parse(JSON.stringify(object).replaceAll('{n}', String(index + 1))) as JsonObject,
  );

function namespaces(scenario: Scenario): JsonObject[] {
  const used = [
    ...['default', 'kube-system', 'kube-node-lease', 'kube-public'],
    ...scenario.namespaces,
    ...[...scenario.workloads, ...scenario.services, ...scenario.daemonSets].map(
      ({ namespace }) => namespace,
    ),
  ];
  return [...new Set(used)].map((name) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  }));
}

function configMap(entry: Scenario['configMaps'][number], now: Date): JsonObject {
  const { name, namespace, labels, data, created, written } = entry;
  const time = relativeTime(written ?? created, now);
  const field = {
    manager: 'kubectl-edit',
    operation: 'Update',
    apiVersion: 'v1',
    time,
    fieldsType: 'FieldsV1',
  };
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name,
      namespace,
      labels,
      creationTimestamp: relativeTime(created, now),
      managedFields: [field],
    },
    data,
  };
}

function service(entry: Scenario['services'][number], now: Date): JsonObject {
  const { name, namespace, labels, annotations, created, spec, external } = entry;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, labels, annotations, creationTimestamp: relativeTime(created, now) },
    spec,
    status: { loadBalancer: external === undefined ? {} : { ingress: [{ ip: external }] } },
  };
}
