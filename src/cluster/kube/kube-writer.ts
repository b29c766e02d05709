import { text } from '../fields.js';
import type { ClusterWriter, JsonObject } from '../ports.js';
import { apiPath, apiVersionOf, writable } from './api-paths.js';
import type { Connection, KubeRequest } from './connecting/connection.js';
import { podApi } from './reads/read-log.js';
import { sendForObject } from './send-for-object.js';

type Write = Omit<KubeRequest, 'signal' | 'query' | 'about'> & { readonly about: Written };

interface Written {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
  readonly name: string;
}

/** Never retries: a write whose answer was lost is settled by reading the cluster, not by sending it again. */
export function createKubeWriter(connection: Connection, signal: AbortSignal): ClusterWriter {
  const write = async (request: Write, dryRun: boolean): Promise<void> => {
    const { about } = request;
    const query = { fieldManager: 'acknet', dryRun: dryRun ? 'All' : undefined };
    await sendForObject(
      connection,
      { ...request, query, signal },
      {
        wanted: `that of a server that wrote ${about.kind} ${about.name}`,
        is: (value) => isDone(value, about),
      },
    );
  };

  return {
    cluster: connection.cluster,
    patch: (target, operations, { dryRun }) => {
      const kind = writable[target.kind];
      return write(
        {
          method: 'PATCH',
          path: apiPath(kind, target),
          about: { ...kind, kind: target.kind, name: target.name },
          body: operations,
          contentType: 'application/json-patch+json',
        },
        dryRun,
      );
    },
    deletePod: ({ namespace, name, uid }, { dryRun }) =>
      write(
        {
          method: 'DELETE',
          path: apiPath(podApi, { namespace, name }),
          about: { ...podApi, kind: 'Pod', name },
          body: deleteOptions(uid, dryRun),
        },
        dryRun,
      ),
    evictPod: ({ namespace, name, uid }, { dryRun }) =>
      write(
        {
          method: 'POST',
          path: `${apiPath(podApi, { namespace, name })}/eviction`,
          about: { ...podApi, kind: 'Pod', name },
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

/** The object as it is now, or the word that it is done; a web page says neither. */
const isDone = (answer: JsonObject, { kind, name, ...api }: Written): boolean =>
  (answer.kind === kind &&
    answer.apiVersion === apiVersionOf(api) &&
    text(answer, 'metadata', 'name') === name) ||
  (answer.kind === 'Status' && answer.apiVersion === 'v1' && answer.status === 'Success');

const deleteOptions = (uid: string, dryRun: boolean) => ({
  apiVersion: 'v1',
  kind: 'DeleteOptions',
  preconditions: { uid },
  ...(dryRun && { dryRun: ['All'] }),
});
