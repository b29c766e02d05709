import { list, object, text } from '../../../src/cluster/fields.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { podKind } from '../../../src/sandbox/cluster/api/kinds.js';
import { toSecond } from '../../../src/sandbox/cluster/relative-time.js';
import { waitFor } from '../../support/wait-for.js';
import { type Admin, placeIn, tolerating } from './admin.js';
import { inParallel, withOwnLabel } from './own-objects.js';
import { asNew } from './push-change.js';
import { renamed } from './seed-scenario.js';
import type { StandIn } from './stand-in.js';

/** Uids and names of the scenario -> those that the server, or a controller there, gave. */
export type Renames = Map<string, string>;

interface PodSeeding {
  readonly admin: Admin;
  readonly standIn: StandIn;
  readonly renames: Renames;
  /** Whether the stand-in plays them: else the server has its own, which make the pods of workloads too. */
  readonly controllers: boolean;
}

const ownerOf = (pod: JsonObject) => object(list(pod, 'metadata', 'ownerReferences')[0]);
const uidOf = (entry: JsonObject): string => text(entry, 'metadata', 'uid') ?? '';
const nodeOf = (pod: JsonObject): string | undefined => text(pod, 'spec', 'nodeName');

/** Has all pods made, by controllers where they have an owner, then gives them the states of the scenario. */
export async function seedPods(core: readonly JsonObject[], seeding: PodSeeding): Promise<void> {
  const { admin, renames, standIn, controllers } = seeding;
  const pods = core.filter(({ kind }) => kind === 'Pod');
  const awaited = (pod: JsonObject) =>
    ownerOf(pod).kind === 'DaemonSet' || (!controllers && 'kind' in ownerOf(pod));
  await inParallel(
    pods.filter((pod) => !awaited(pod)),
    async (pod) => {
      const made = await admin.create(withOwnLabel(asNew(renamed(pod, renames))));
      renames.set(uidOf(pod), uidOf(made));
    },
  );
  // Not before: a controller would make the pods of a ReplicaSet that has none yet.
  standIn.play({ controllers, kubelets: false });
  await waitFor('the controllers’ pods', () => adoptPods(pods.filter(awaited), seeding), 30_000);
  await placePods(pods, seeding);
  for (const pod of pods)
    if (text(pod, 'status', 'phase') === 'Pending') standIn.held.add(renames.get(uidOf(pod)) ?? '');

  const newest = newestWrite(core);
  // Times have whole seconds: a pod that starts now is younger than what was written a second ago.
  await nextSecond();
  const now = toSecond(new Date());
  await inParallel(pods, async (pod) => {
    const started = text(pod, 'status', 'startTime') ?? '';
    const status = JSON.stringify(renamed(object(pod, 'status'), renames));
    const shifted = started > newest ? status.replaceAll(started, now) : status;
    const { name } = placeIn(pod);
    const place = { ...placeIn(pod), name: renames.get(name) ?? name };
    await admin.merge(podKind, place, {
      patch: { status: JSON.parse(shifted) as JsonObject },
      sub: 'status',
    });
  });
  // And what is written from here on is younger than these pods.
  await nextSecond();
}

async function nextSecond(): Promise<void> {
  const now = toSecond(new Date());
  await waitFor('the next second', () => toSecond(new Date()) !== now);
}

/** Finds, for each pod of the scenario, one that the controller made for the same place; false = not all are there yet. */
async function adoptPods(wanted: readonly JsonObject[], { admin, renames }: PodSeeding): Promise<boolean> {
  const made = await admin.list(podKind);
  const taken = new Set<JsonObject>();
  return wanted.every((pod) => {
    const owner = renames.get(text(ownerOf(pod), 'uid') ?? '');
    const fits = (entry: JsonObject) =>
      text(ownerOf(entry), 'uid') === owner && [undefined, nodeOf(pod)].includes(homeOf(entry));
    const twin = made.find((entry) => !taken.has(entry) && fits(entry));
    if (twin === undefined) return false;
    taken.add(twin);
    renames.set(uidOf(pod), uidOf(twin));
    renames.set(placeIn(pod).name, placeIn(twin).name);
    return true;
  });
}

/** Where there is no scheduler, pods that a controller made are bound to the node that the scenario has them on. */
async function placePods(pods: readonly JsonObject[], { admin, renames }: PodSeeding): Promise<void> {
  await inParallel(pods, async (pod) => {
    const node = nodeOf(pod);
    const { namespace, name } = placeIn(pod);
    const place = { namespace, name: renames.get(name) ?? name };
    if (node !== undefined && nodeOf(await admin.get(podKind, place)) === undefined)
      await tolerating([409], () => admin.bind(place, node));
  });
}

/** The node a pod is on, or, not bound yet, the only one it may go to. */
function homeOf(pod: JsonObject): string | undefined {
  const terms = list(
    pod,
    ...['spec', 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution'],
    'nodeSelectorTerms',
  );
  return nodeOf(pod) ?? text(list(terms[0], 'matchFields')[0], 'values', 0);
}

const newestWrite = (core: readonly JsonObject[]): string =>
  core
    .filter(({ kind }) => kind === 'ConfigMap')
    .map((entry) => text(list(entry, 'metadata', 'managedFields')[0], 'time') ?? '')
    .sort()
    .at(-1) ?? '';
