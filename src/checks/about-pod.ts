import type { EventView } from '../cluster/views/event.js';
import type { PodView } from '../cluster/views/pod.js';

/** Terway's objects of a pod bear its namespace and name, and what is said of them is said of it. */
const OF_POD: ReadonlySet<string> = new Set(['Pod', 'PodENI', 'PodEIP']);

export const isOfPodKind = ({ about }: { readonly about: Pick<EventView['about'], 'kind'> }): boolean =>
  OF_POD.has(about.kind);

/** A StatefulSet's pod comes back under its old name, so the uid decides where both sides know it. */
export const isAboutPod = ({ about }: EventView, { namespace, name, uid }: PodView): boolean =>
  OF_POD.has(about.kind) &&
  about.namespace === namespace &&
  about.name === name &&
  (about.kind !== 'Pod' || about.uid === '' || uid === '' || about.uid === uid);
