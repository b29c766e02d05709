import { podKind } from '../../../sandbox/cluster/api/objects/kinds.js';
import { placeOf } from '../../../sandbox/cluster/api/objects/object-store.js';
import { uidOf } from '../../../sandbox/cluster/controllers/owned-pods.js';
import { toSecond } from '../../../sandbox/cluster/relative-time.js';
import { list, object, text } from '../../../src/cluster/fields.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { waitFor } from '../wait-for.js';
import { type Admin, tolerating } from './admin.js';
import { namedNode } from './named-node.js';
import { inParallel } from './own-objects.js';
import { type Renames, renamed } from './renames.js';
import { nextSecond, ownerOf } from './seed-workloads.js';
import type { StandIn } from './stand-in.js';

interface StateSeeding {
  readonly admin: Admin;
  readonly standIn: StandIn;
  readonly renames: Renames;
}

const nodeOf = (pod: JsonObject): string | undefined => text(pod, 'spec', 'nodeName');

/** Waits for the pods of DaemonSets, then gives all pods the states they have in the scenario. */
export async function seedPodStates(core: readonly JsonObject[], seeding: StateSeeding): Promise<void> {
  const { admin, renames, standIn } = seeding;
  const pods = core.filter(({ kind }) => kind === 'Pod');
  const ofSets = pods.filter((pod) => ownerOf(pod).kind === 'DaemonSet');
  await waitFor('the DaemonSets’ pods', () => adoptPods(ofSets, seeding));
  await inParallel(ofSets, (pod) => bindToNode(pod, seeding));
  for (const pod of pods)
    if (text(pod, 'status', 'phase') === 'Pending') standIn.held.add(renames.get(uidOf(pod)) ?? '');

  const newest = newestWrite(core);
  await nextSecond();
  const now = toSecond(new Date());
  await inParallel(pods, async (pod) => {
    const started = text(pod, 'status', 'startTime') ?? '';
    const status = JSON.stringify(renamed(object(pod, 'status'), renames));
    const shifted = started > newest ? status.replaceAll(started, now) : status;
    const { name } = placeOf(pod);
    const place = { ...placeOf(pod), name: renames.get(name) ?? name };
    await admin.merge(podKind, place, {
      patch: { status: JSON.parse(shifted) as JsonObject },
      sub: 'status',
    });
  });
  await nextSecond();
}

/** Finds, for each pod of the scenario, the one that the controller made for the same node; false = not all are there yet. */
async function adoptPods(wanted: readonly JsonObject[], { admin, renames }: StateSeeding): Promise<boolean> {
  const made = await admin.list(podKind);
  return wanted.every((pod) => {
    const owner = renames.get(text(ownerOf(pod), 'uid') ?? '');
    const twin = made.find((entry) => text(ownerOf(entry), 'uid') === owner && homeOf(entry) === nodeOf(pod));
    if (twin === undefined) return false;
    renames.set(uidOf(pod), uidOf(twin));
    renames.set(placeOf(pod).name, placeOf(twin).name);
    return true;
  });
}

/** A real controller leaves that to the scheduler, which may not be there. */
async function bindToNode(pod: JsonObject, { admin, renames }: StateSeeding): Promise<void> {
  const { namespace, name } = placeOf(pod);
  const place = { namespace, name: renames.get(name) ?? name };
  if (nodeOf(await admin.get(podKind, place)) !== undefined) return;
  await tolerating([409], () => admin.bind(place, nodeOf(pod) ?? ''));
}

/** The node a pod is on, or, not bound yet, the only one it may go to. */
const homeOf = (pod: JsonObject): string | undefined => nodeOf(pod) ?? namedNode(pod);

const newestWrite = (core: readonly JsonObject[]): string =>
  core
    .filter(({ kind }) => kind === 'ConfigMap')
    .map((entry) => text(list(entry, 'metadata', 'managedFields')[0], 'time') ?? '')
    .sort()
    .at(-1) ?? '';
