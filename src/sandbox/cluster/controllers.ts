import { parse } from 'yaml';
import { at, list, text, texts } from '../../cluster/fields.js';
import type { JsonObject } from '../../cluster/ports.js';
import { daemonSetPod, nodeAddress, podSuffix, revisionOf, startedPod } from './expand-scenario.js';
import { type Kind, kinds } from './kinds.js';
import { type ObjectStore, placeOf, type StoreEvent, withMeta } from './object-store.js';
import type { LogStore } from './pod-logs.js';
import type { Scenario, ScenarioRule } from './scenario.js';

export interface ControllerOptions {
  readonly store: ObjectStore;
  readonly logs: LogStore;
  readonly scenario: Scenario;
  readonly now: () => Date;
  readonly nextId: () => string;
  /** From a pod's deletion to its successor, and from there to Ready. */
  readonly podStartMs: number;
  /** Nodes whose new pods never become Ready. */
  readonly stuckNodes: Set<string>;
}

const kindOf = (name: string): Kind => kinds.find(({ kind, crd }) => kind === name && !crd) as Kind;
const [podKind, nodeKind, configMapKind, daemonSetKind] = ['Pod', 'Node', 'ConfigMap', 'DaemonSet'].map(
  kindOf,
) as [Kind, Kind, Kind, Kind];

/** DaemonSet controller, kubelet and the scenario's rules: what makes the simulated cluster react. Returns the stop. */
export function startControllers(options: ControllerOptions): () => void {
  const timers = new Set<NodeJS.Timeout>();
  const later = (work: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, options.podStartMs);
    timers.add(timer);
  };
  const unsubscribe = options.store.subscribe((event) => {
    if (event.kind !== podKind) return;
    if (event.type === 'DELETED') later(() => replacePod(event, options));
    if (event.type === 'ADDED' && isWaiting(event.object)) later(() => startPod(event.object, options));
    countDaemonSets(options.store);
  });
  countDaemonSets(options.store);
  return () => {
    unsubscribe();
    for (const timer of timers) clearTimeout(timer);
  };
}

const isWaiting = (pod: JsonObject): boolean =>
  text(pod, 'status', 'phase') === 'Pending' && text(pod, 'spec', 'nodeName') !== undefined;

function replacePod({ object: pod }: StoreEvent, { store, nextId, now }: ControllerOptions): void {
  const owner = list(pod, 'metadata', 'ownerReferences')[0];
  const namespace = text(pod, 'metadata', 'namespace');
  const uid = nextId();
  if (text(owner, 'kind') === 'DaemonSet') {
    const set = store.find(daemonSetKind, namespace, text(owner, 'name') ?? '');
    if (set) store.create(podKind, daemonSetPod(set, text(pod, 'spec', 'nodeName') ?? '', uid));
  } else if (text(owner, 'kind') === 'ReplicaSet') {
    const spec = { ...(pod.spec as JsonObject), nodeName: freeNode(store, text(pod, 'spec', 'nodeName')) };
    const meta = {
      name: `${text(owner, 'name')}-${podSuffix(uid)}`,
      uid,
      creationTimestamp: now().toISOString(),
    };
    store.create(podKind, { ...withMeta(pod, meta), spec, status: { phase: 'Pending' } });
  }
}

/** A Ready node that takes pods, not the one left behind where there is a choice. */
function freeNode(store: ObjectStore, left: string | undefined): string {
  const open = store.all(nodeKind).filter((node) => at(node, 'spec', 'unschedulable') !== true);
  const names = open.map((node) => text(node, 'metadata', 'name') ?? '');
  return names.find((name) => name !== left) ?? names[0] ?? '';
}

function startPod(created: JsonObject, options: ControllerOptions): void {
  const { store, stuckNodes, now, scenario, logs } = options;
  const { namespace, name } = placeOf(created);
  const pod = store.find(podKind, namespace, name);
  const node = text(created, 'spec', 'nodeName') ?? '';
  if (pod === undefined || stuckNodes.has(node)) return;

  const host = store.find(nodeKind, undefined, node);
  const startedAt = `${now().toISOString().slice(0, 19)}Z`;
  store.replace(podKind, startedPod(pod, startedAt, host && nodeAddress(host)), {
    status: true,
    manager: 'kubelet',
  });
  const owner = text(list(pod, 'metadata', 'ownerReferences')[0], 'name');
  const uid = text(pod, 'metadata', 'uid') ?? '';
  const set = scenario.daemonSets.find((entry) => entry.name === owner);
  for (const [container, lines] of Object.entries(set?.logs ?? {})) {
    logs.append(
      uid,
      container,
      lines.map((line) => ({ at: startedAt, text: line })),
    );
  }
  for (const rule of scenario.rules)
    if (rule.podOf === owner) applyRule(rule, { node, uid, startedAt }, options);
}

interface Started {
  readonly node: string;
  readonly uid: string;
  readonly startedAt: string;
}

function applyRule(rule: ScenarioRule, started: Started, { store, logs }: ControllerOptions): void {
  const config = store.find(configMapKind, 'kube-system', rule.configMap.name);
  const value = valueAt(texts(config, 'data')[rule.configMap.key] ?? '', rule.path);
  const outcome = new RegExp(rule.matches).test(value) ? rule.matched : rule.otherwise;
  if (outcome === undefined) return;
  for (const [container, line] of Object.entries(outcome.logs)) {
    logs.append(started.uid, container, [{ at: started.startedAt, text: line.replaceAll('{value}', value) }]);
  }
  const node = store.find(nodeKind, undefined, started.node);
  if (node) changeNode(store, node, { outcome, at: started.startedAt });
}

type Outcome = NonNullable<ScenarioRule['matched']>;

function changeNode(
  store: ObjectStore,
  node: JsonObject,
  { outcome, at: time }: { outcome: Outcome; at: string },
): void {
  const { nodeCondition, removeTaint } = outcome;
  if (nodeCondition === undefined && removeTaint === undefined) return;
  const others = list(node, 'status', 'conditions').filter(
    (entry) => text(entry, 'type') !== nodeCondition?.type,
  );
  const changed = nodeCondition && { ...nodeCondition, lastHeartbeatTime: time, lastTransitionTime: time };
  const taints = list(node, 'spec', 'taints').filter((taint) => text(taint, 'key') !== removeTaint);
  store.replace(
    nodeKind,
    {
      ...node,
      spec: { ...(node.spec as JsonObject), taints },
      status: { ...(node.status as JsonObject), conditions: changed ? [...others, changed] : others },
    },
    { status: true, manager: 'kubelet' },
  );
}

function valueAt(document: string, path: string | undefined): string {
  if (path === undefined) return document;
  try {
    const found = at(parse(document) as unknown, ...path.split('.'));
    return found === undefined || found === null ? '' : String(found);
  } catch {
    return '';
  }
}

function countDaemonSets(store: ObjectStore): void {
  for (const set of store.all(daemonSetKind)) {
    const pods = store
      .all(podKind)
      .filter(
        (pod) => text(list(pod, 'metadata', 'ownerReferences')[0], 'name') === text(set, 'metadata', 'name'),
      );
    const ready = pods.filter((pod) => text(pod, 'status', 'phase') === 'Running').length;
    const updated = pods.filter(
      (pod) => texts(pod, 'metadata', 'labels')['controller-revision-hash'] === revisionOf(set),
    ).length;
    const desired = Math.max(pods.length, store.all(nodeKind).length * Number(pods.length > 0));
    const status = {
      observedGeneration: at(set, 'metadata', 'generation') ?? 1,
      desiredNumberScheduled: desired,
      currentNumberScheduled: pods.length,
      numberReady: ready,
      numberAvailable: ready,
      updatedNumberScheduled: updated,
    };
    if (JSON.stringify(status) !== JSON.stringify(set.status)) {
      store.replace(daemonSetKind, { ...set, status }, { status: true, manager: 'kube-controller-manager' });
    }
  }
}
