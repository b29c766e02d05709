import pLimit from 'p-limit';
import type { ClusterReader, Resource } from '../../../cluster/ports.js';

/**
 * One run's view of the cluster: whatever is asked for twice is read once, and all checks together keep at most
 * `inFlight` requests open. A failed read is remembered too, so that every check sees the same fault.
 */
export function createSharedReader(reader: ClusterReader, inFlight: number): ClusterReader {
  const limit = pLimit(inFlight);
  const reads = new Map<string, Promise<unknown>>();
  const projections = new Map<Resource<unknown>, number>();

  const once = <T>(key: string, read: () => Promise<T>): Promise<T> => {
    const known = reads.get(key);
    if (known) return known as Promise<T>;
    const started = limit(read);
    started.catch(() => undefined);
    reads.set(key, started);
    return started;
  };
  const keyOf = <V>(resource: Resource<V>, verb: string, detail: unknown): string => {
    const id = projections.get(resource) ?? projections.size;
    projections.set(resource, id);
    return JSON.stringify([verb, id, detail]);
  };

  return {
    cluster: reader.cluster,
    list: (resource, scope = {}) => once(keyOf(resource, 'list', scope), () => reader.list(resource, scope)),
    get: (resource, place) => once(keyOf(resource, 'get', place), () => reader.get(resource, place)),
    podLog: (request) => once(JSON.stringify(['log', request]), () => reader.podLog(request)),
    serverVersion: () => once('version', () => reader.serverVersion()),
    serverNow: () => reader.serverNow(),
  };
}
