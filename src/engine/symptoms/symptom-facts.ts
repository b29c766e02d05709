import type { DaemonSetView } from '../../cluster/views/daemon-set.js';
import type { EventView } from '../../cluster/views/event.js';
import type { NodeView } from '../../cluster/views/node.js';
import type { PodView } from '../../cluster/views/pod.js';

export interface SymptomFacts {
  readonly nodes: readonly NodeView[];
  readonly pods: readonly PodView[];
  readonly sets: readonly DaemonSetView[];
  /** Warnings of the last hour, newest first. */
  readonly events: readonly EventView[];
  readonly now: Date;
}

/** A StatefulSet's pod comes back under its old name, so the uid decides where both sides know it. */
export const isAboutPod = ({ about }: EventView, { namespace, name, uid }: PodView): boolean =>
  about.kind === 'Pod' &&
  about.namespace === namespace &&
  about.name === name &&
  (about.uid === '' || uid === '' || about.uid === uid);
