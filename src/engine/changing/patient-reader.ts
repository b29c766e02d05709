import type { ClusterReader } from '../../cluster/ports.js';
import { isAcknetError } from '../../errors.js';
import type { ApplyRun } from './apply-run.js';

const INTERVAL_MS = 2000;

/** In mid-change an API server that is away for a moment is waited for, as long as a pod would be; then its error stands. */
export function patientReader({ ports, reader, signal }: ApplyRun): ClusterReader {
  const patiently = async <T>(read: () => Promise<T>): Promise<T> => {
    const deadline = ports.watch() + ports.limits.podReadySeconds * 1000;
    for (;;) {
      try {
        return await read();
      } catch (error) {
        const mayPass = isAcknetError(error) && error.retry && !signal.aborted;
        if (!mayPass || ports.watch() >= deadline) throw error;
      }
      await ports.wait(INTERVAL_MS, signal);
    }
  };
  return {
    cluster: reader.cluster,
    list: (resource, scope) => patiently(() => reader.list(resource, scope)),
    get: (resource, place) => patiently(() => reader.get(resource, place)),
    podLog: (request) => patiently(() => reader.podLog(request)),
    serverVersion: () => patiently(() => reader.serverVersion()),
    serverNow: () => reader.serverNow(),
  };
}
