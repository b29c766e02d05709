import { list, text } from '../../../src/cluster/fields.js';
import type { JsonObject } from '../../../src/cluster/ports.js';

/** The node that a real DaemonSet controller names in a pod's affinity; the scheduler binds the pod to it. */
export function namedNode(pod: JsonObject): string | undefined {
  const [term] = list(
    pod,
    ...['spec', 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution'],
    'nodeSelectorTerms',
  );
  return text(list(term, 'matchFields')[0], 'values', 0);
}
