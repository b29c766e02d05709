import type { DaemonSetView } from '../../cluster/views/daemon-set.js';
import type { EventView } from '../../cluster/views/event.js';
import type { NodeView } from '../../cluster/views/node.js';
import type { PodView } from '../../cluster/views/pod.js';

export interface SymptomFacts {
  readonly nodes: readonly NodeView[];
  readonly pods: readonly PodView[];
  readonly sets: readonly DaemonSetView[];
  /** Warnings of the last hour, newest first; and what is no good news though it is called normal. */
  readonly events: readonly EventView[];
  readonly now: Date;
}
