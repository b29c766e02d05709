import { setTimeout as sleep } from 'node:timers/promises';
import {
  budgetKind,
  configMapKind,
  daemonSetKind,
  type Kind,
  kinds,
  nodeKind,
  podKind,
  replicaSetKind,
  revisionKind,
} from '../../../sandbox/cluster/api/objects/kinds.js';
import {
  createObjectStore,
  type ObjectStore,
  placeOf,
} from '../../../sandbox/cluster/api/objects/object-store.js';
import type { LogStore } from '../../../sandbox/cluster/api/objects/pod-logs.js';
import { reconcileBudgets } from '../../../sandbox/cluster/controllers/budgets.js';
import type {
  ControllerContext,
  Reconciler,
} from '../../../sandbox/cluster/controllers/controller-context.js';
import { createDaemonSetController } from '../../../sandbox/cluster/controllers/daemon-sets.js';
import { beatHearts } from '../../../sandbox/cluster/controllers/heartbeat.js';
import { createKubelet } from '../../../sandbox/cluster/controllers/kubelet.js';
import { reconcileTaints } from '../../../sandbox/cluster/controllers/node-taints.js';
import { reconcileReplicaSets } from '../../../sandbox/cluster/controllers/replica-sets.js';
import { schedulePods } from '../../../sandbox/cluster/controllers/scheduler.js';
import type { Addresses } from '../../../sandbox/cluster/expand/addresses.js';
import type { Scenario } from '../../../sandbox/cluster/scenario.js';
import { list, text } from '../../../src/cluster/fields.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { type Admin, tolerating } from './admin.js';
import { namedNode } from './named-node.js';
import { OWN } from './own-objects.js';
import { pushChange } from './push-change.js';

/** What a server may lack: nothing, everything but the kubelets, or the kubelets too while a scenario is being put in. */
export interface Roles {
  readonly controllers: boolean;
  readonly kubelets: boolean;
}

export interface StandInOptions {
  readonly admin: Admin;
  readonly scenario: Scenario;
  readonly addresses: Addresses;
  readonly logs: LogStore;
  readonly nextId: () => string;
}

export interface StandIn {
  play(roles: Roles): void;
  /** Uids of pods that the scenario keeps from starting. */
  readonly held: Set<string>;
  /** Reads the world once more, so that what was just written is acted upon. */
  settled(): Promise<void>;
  /** Throws the first fault that a round met. */
  stop(): Promise<void>;
}

const ROUND_MS = 50;
const HEARTBEAT_MS = 10_000;
const deploymentKind = kinds.find(({ kind }) => kind === 'Deployment') as Kind;
const watched = [
  nodeKind,
  configMapKind,
  daemonSetKind,
  revisionKind,
  deploymentKind,
  replicaSetKind,
  budgetKind,
];

/**
 * Plays DaemonSet controller, ReplicaSet controller, scheduler and kubelets on a server that has none, for the suite's own
 * objects alone. Each round reads them, lets the sandbox's controllers work on the copy, and sends what they changed.
 */
export function startStandIn(options: StandInOptions): StandIn {
  const held = new Set<string>();
  let roles: Roles = { controllers: false, kubelets: false };
  let rounds = 0;
  let beaten = Date.now();
  let fault: unknown;
  const stopped = new AbortController();

  const run = async () => {
    while (!stopped.signal.aborted && fault === undefined) {
      const beat = Date.now() - beaten > HEARTBEAT_MS;
      if (beat) beaten = Date.now();
      await playRound({ ...options, held, roles, beat }).catch((error: unknown) => {
        fault = error;
      });
      rounds += 1;
      await sleep(ROUND_MS, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  };
  const running = run();

  return {
    held,
    play: (next) => {
      roles = next;
    },
    settled: async () => {
      const from = rounds;
      while (rounds < from + 2 && fault === undefined) await sleep(10);
      if (fault !== undefined) throw fault;
    },
    stop: async () => {
      stopped.abort();
      await running;
      if (fault !== undefined) throw fault;
    },
  };
}

interface Round extends StandInOptions {
  readonly held: Set<string>;
  readonly roles: Roles;
  readonly beat: boolean;
}

async function playRound(round: Round): Promise<void> {
  const world = await readOwn(round.admin);
  const store = createObjectStore({ now: () => new Date(), nextId: round.nextId });
  for (const { kind, object } of world) store.seed(kind, object);
  const before = new Map(world.map(({ kind, object }) => [keyOf(kind, object), stored(store, kind, object)]));
  const touched = new Map<string, { kind: Kind; object: JsonObject }>();
  store.subscribe(({ kind, object }) => touched.set(keyOf(kind, object), { kind, object }));
  reconcile(store, round);
  for (const [key, { kind, object }] of touched) {
    const after = stored(store, kind, object);
    // The world moved on since it was read: the next round sees it as it is.
    await tolerating([404, 409], () => pushChange(round.admin, { kind, before: before.get(key), after }));
  }
}

function reconcile(store: ObjectStore, round: Round): void {
  const later: (() => void)[] = [];
  const context: ControllerContext = {
    store,
    ...{ logs: round.logs, scenario: round.scenario, addresses: round.addresses, held: round.held },
    ...{ now: () => new Date(), nextId: round.nextId, podStartMs: 0, stuckNodes: new Set() },
    later: (work) => void later.push(work),
  };
  const controllers: readonly Reconciler[] = [
    reconcileTaints,
    createDaemonSetController(context).reconcile,
    reconcileReplicaSets,
    reconcileBudgets,
  ];
  if (round.roles.controllers) for (const run of controllers) run(context);
  if (!round.roles.kubelets) return;
  bindToNamedNode(store);
  schedulePods(context);
  createKubelet(context)(context);
  for (const work of later) work();
  if (round.beat) beatHearts(context);
}

/** What a scheduler does for the pods of a real DaemonSet controller. */
function bindToNamedNode(store: ObjectStore): void {
  for (const pod of store.all(podKind)) {
    const node = namedNode(pod);
    if (node === undefined || text(pod, 'spec', 'nodeName') !== undefined) continue;
    store.replace(podKind, { ...pod, spec: { ...(pod.spec as JsonObject), nodeName: node } });
  }
}

const keyOf = (kind: Kind, object: JsonObject): string => {
  const { namespace, name } = placeOf(object);
  return [kind.kind, namespace, name].join('/');
};

const stored = (store: ObjectStore, kind: Kind, object: JsonObject): JsonObject | undefined => {
  const { namespace, name } = placeOf(object);
  return store.find(kind, namespace, name);
};

/** The suite's own objects, and the pods that are theirs by node or by owner. */
async function readOwn(admin: Admin): Promise<readonly { kind: Kind; object: JsonObject }[]> {
  const own = await Promise.all(
    watched.map(async (kind) => {
      // An old server has no policy/v1.
      const objects = await tolerating([404], () => admin.list(kind, { labelSelector: OWN.selector }));
      return (objects ?? []).map((object) => ({ kind, object }));
    }),
  );
  const found = own.flat();
  const nodes = new Set(
    found.filter(({ kind }) => kind === nodeKind).map(({ object }) => text(object, 'metadata', 'name')),
  );
  const owners = new Set(found.map(({ object }) => text(object, 'metadata', 'uid')));
  const pods = (await admin.list(podKind)).filter(
    (pod) =>
      nodes.has(text(pod, 'spec', 'nodeName')) ||
      list(pod, 'metadata', 'ownerReferences').some((owner) => owners.has(text(owner, 'uid'))),
  );
  return [...found, ...pods.map((object) => ({ kind: podKind, object }))];
}
