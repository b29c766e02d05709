import type { ClusterWriter } from '../ports.js';
import { apiError } from './api-error.js';
import { apiPath, writablePath } from './api-paths.js';
import type { Connection, KubeRequest } from './connection.js';

/** Never retries: a write whose answer was lost is settled by reading the cluster, not by sending it again. */
export function createKubeWriter(connection: Connection, signal: AbortSignal): ClusterWriter {
  const write = async (request: Omit<KubeRequest, 'signal'>, dryRun: boolean): Promise<void> => {
    const full = { ...request, signal, query: { fieldManager: 'acknet', ...(dryRun && { dryRun: 'All' }) } };
    const response = await connection.send(full);
    if (response.status >= 300) throw await apiError(connection.cluster, full, response);
    await response.body.dump();
  };
  const pods = { group: '', version: 'v1', plural: 'pods' };

  return {
    cluster: connection.cluster,
    patch: (target, operations, { dryRun }) =>
      write(
        {
          method: 'PATCH',
          path: writablePath(target),
          body: operations,
          contentType: 'application/json-patch+json',
        },
        dryRun,
      ),
    deletePod: ({ namespace, name, uid }, { dryRun }) =>
      write(
        { method: 'DELETE', path: apiPath(pods, { namespace, name }), body: deleteOptions(uid, dryRun) },
        dryRun,
      ),
    evictPod: ({ namespace, name, uid }, { dryRun }) =>
      write(
        {
          method: 'POST',
          path: `${apiPath(pods, { namespace, name })}/eviction`,
          body: {
            apiVersion: 'policy/v1',
            kind: 'Eviction',
            metadata: { namespace, name },
            deleteOptions: deleteOptions(uid, dryRun),
          },
        },
        dryRun,
      ),
  };
}

const deleteOptions = (uid: string, dryRun: boolean) => ({
  apiVersion: 'v1',
  kind: 'DeleteOptions',
  preconditions: { uid },
  ...(dryRun && { dryRun: ['All'] }),
});
