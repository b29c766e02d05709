import { list, object, text } from '../../../../src/cluster/fields.js';
import type { Json, JsonObject } from '../../../../src/cluster/ports.js';

const RESOURCES = ['cpu', 'memory'] as const;

/** The quality of service that a server derives from a pod's requests and limits when it is created, and never changes. */
export function qosClassOf(pod: JsonObject): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const containers = [...list(pod, 'spec', 'initContainers'), ...list(pod, 'spec', 'containers')];
  const bounds = (container: Json, kind: 'limits' | 'requests') => object(container, 'resources', kind);
  const asks = (container: Json): boolean =>
    RESOURCES.some((name) => name in bounds(container, 'limits') || name in bounds(container, 'requests'));
  if (!containers.some(asks)) return 'BestEffort';
  // A request that is left out is the limit.
  const isBound = (container: Json): boolean =>
    RESOURCES.every((name) => {
      const limit = text(bounds(container, 'limits')[name]);
      return limit !== undefined && (text(bounds(container, 'requests')[name]) ?? limit) === limit;
    });
  return containers.every(isBound) ? 'Guaranteed' : 'Burstable';
}
