import {
  daemonSetKind,
  type Kind,
  kinds,
  podKind,
  revisionKind,
} from '../../../sandbox/cluster/api/objects/kinds.js';
import { placeOf } from '../../../sandbox/cluster/api/objects/object-store.js';
import type { LogStore } from '../../../sandbox/cluster/api/objects/pod-logs.js';
import { uidOf } from '../../../sandbox/cluster/controllers/owned-pods.js';
import type { ExpandedScenario } from '../../../sandbox/cluster/expand/expand-scenario.js';
import type { Scenario } from '../../../sandbox/cluster/scenario.js';
import { list, object, text } from '../../../src/cluster/fields.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { waitFor } from '../wait-for.js';
import { type Admin, kindOf, ServerRefusal } from './admin.js';
import { inParallel, withOwnLabel } from './own-objects.js';
import { prepareServer } from './prepare-server.js';
import { asNew } from './push-change.js';
import { type Renames, renamed } from './renames.js';
import { seedPodStates } from './seed-pod-states.js';
import { seedWorkloads } from './seed-workloads.js';
import type { StandIn } from './stand-in.js';

export interface Seeding {
  readonly admin: Admin;
  readonly standIn: StandIn;
  readonly logs: LogStore;
  readonly scenario: Scenario;
  /** Where the nodes' kubelets serve logs. */
  readonly kubeletPort: number;
}

const FIRST = ['Node', 'ConfigMap', 'Service', 'DaemonSet'];
/** Kinds that older servers do not have, or in a beta version only. */
const NOT_EVERYWHERE = ['PodDisruptionBudget', 'EndpointSlice', 'ServiceCIDR'];
const WORKLOADS = ['Deployment', 'ReplicaSet', 'Pod'];
const isCore = (entry: JsonObject): boolean => !kinds.some((kind) => kind.crd && kind === kindOf(entry));

/**
 * Puts a scenario on a server through its API alone. A server sets the times of creation and of writes itself: they are now,
 * so a pod that is younger than every ConfigMap of the scenario starts now too, and one that is older keeps its time.
 */
export async function seedScenario(expanded: ExpandedScenario, seeding: Seeding): Promise<void> {
  const { admin, standIn, logs } = seeding;
  const renames: Renames = new Map();
  const put = (entry: JsonObject) => seedObject(entry, renames, seeding);
  await prepareServer(admin, expanded.objects, seeding.scenario);
  const core = expanded.objects.filter(isCore);
  for (const kind of FIRST)
    await inParallel(
      core.filter((entry) => entry.kind === kind),
      put,
    );

  const controllers = !(await hasDaemonSetController(admin, core));
  await seedWorkloads(core, { put, controllers });
  standIn.play({ controllers, kubelets: false });
  await seedPodStates(core, { admin, standIn, renames });
  const seeded = [...FIRST, ...WORKLOADS, 'Namespace', revisionKind.kind];
  const rest = expanded.objects.filter((entry) => !isCore(entry) || !seeded.includes(String(entry.kind)));
  await inParallel(rest, put);
  for (const { podUid, container, lines } of expanded.logs)
    logs.append(renames.get(podUid) ?? podUid, container, lines);
  standIn.play({ controllers, kubelets: true });
  await standIn.settled();
}

async function seedObject(entry: JsonObject, renames: Renames, { admin, kubeletPort }: Seeding) {
  const fitted = fitToServer(renamed(entry, renames), kubeletPort);
  const made = await created(admin, withOwnLabel(asNew(fitted)));
  if (made === undefined) return;
  renames.set(uidOf(entry), uidOf(made));
  const kind = kindOf(entry) as Kind;
  // A DaemonSet's status is its controller's word: that it says something shows that there is one. Pods get theirs last.
  if ([daemonSetKind, podKind].includes(kind) || !kind.subresources?.includes('status')) return;
  if (Object.keys(object(fitted, 'status')).length > 0)
    await admin.merge(kind, placeOf(entry), { patch: { status: object(fitted, 'status') }, sub: 'status' });
}

/** undefined = the server's own, which stays as it is, or of a kind that an old server does not have. */
async function created(admin: Admin, entry: JsonObject): Promise<JsonObject | undefined> {
  const { namespace, name } = placeOf(entry);
  try {
    return await admin.create(entry);
  } catch (error) {
    const status = error instanceof ServerRefusal ? error.status : undefined;
    if (status === 404 && NOT_EVERYWHERE.includes(String(entry.kind))) return undefined;
    if (status !== 409) throw error;
    if (name === 'kubernetes' && (namespace === 'default' || entry.kind === 'ServiceCIDR')) return undefined;
    throw new Error(
      `The server already has ${String(entry.kind)} ${namespace ?? ''}/${name}, which this suite did not make. ` +
        'Use a disposable API server, without the network components of a live cluster.',
      { cause: error },
    );
  }
}

function fitToServer(entry: JsonObject, kubeletPort: number): JsonObject {
  if (!isCore(entry)) return entry;
  if (entry.kind === 'Service') return { ...entry, spec: withoutAllocated(object(entry, 'spec')) };
  if (entry.kind === 'Event') return placedEvent(entry);
  if (entry.kind !== 'Node') return entry;
  // Where the server looks for the kubelet: by default it tries the host name first.
  const addresses = list(entry, 'status', 'addresses').map((address) =>
    text(address, 'type') === 'Hostname' ? { type: 'Hostname', address: '127.0.0.1' } : address,
  );
  const daemonEndpoints = { kubeletEndpoint: { Port: kubeletPort } };
  return { ...entry, status: { ...object(entry, 'status'), addresses, daemonEndpoints } };
}

/** Old servers take events of the new style about what has no namespace in kube-system only. */
function placedEvent(entry: JsonObject): JsonObject {
  const placed = text(entry, 'involvedObject', 'namespace') !== undefined || !entry.eventTime;
  return placed ? entry : { ...entry, metadata: { ...object(entry, 'metadata'), namespace: 'kube-system' } };
}

/** The server hands out addresses and ports from its own ranges; a headless Service stays headless. */
function withoutAllocated(spec: JsonObject): JsonObject {
  const { clusterIP, clusterIPs: _, healthCheckNodePort: __, ...rest } = spec;
  const ports = list(spec, 'ports').map((port) => {
    const { nodePort: ___, ...kept } = object(port);
    return kept;
  });
  return { ...rest, ...(ports.length > 0 && { ports }), ...(clusterIP === 'None' && { clusterIP }) };
}

/** Whether something on the server observes a DaemonSet within two seconds of its creation. */
async function hasDaemonSetController(admin: Admin, core: readonly JsonObject[]): Promise<boolean> {
  const set = core.find(({ kind }) => kind === 'DaemonSet');
  if (set === undefined) return false;
  const observed = async () =>
    Number(object(await admin.get(kindOf(set), placeOf(set)), 'status').observedGeneration ?? 0) > 0;
  return waitFor('a DaemonSet controller', observed, 2000).catch(() => false);
}
