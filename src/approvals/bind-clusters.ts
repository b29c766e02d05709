import { readClusterUid } from '../cluster/identity/cluster-uid.js';
import type { ClusterAccess, ClusterReader, Clusters } from '../cluster/ports.js';
import { AcknetError } from '../errors.js';
import { type ClusterBindings, replacedText } from './create-cluster-bindings.js';

/**
 * Clusters that answer only while they are the ones their names stand for: every reader asks once, before its first
 * read, whether that is so. A kubeconfig that leads elsewhere stops checks, plans and fixes alike.
 */
export function bindClusters(clusters: Clusters, bindings: ClusterBindings): Clusters {
  return {
    get names() {
      return clusters.names;
    },
    get: (name) => bindAccess(clusters.get(name), bindings),
  };
}

function bindAccess(access: ClusterAccess, bindings: ClusterBindings): ClusterAccess {
  return { ...access, reader: (signal) => boundReader(access.reader(signal), bindings) };
}

function boundReader(reader: ClusterReader, bindings: ClusterBindings): ClusterReader {
  let asked: Promise<void> | undefined;
  /** A fault of the moment is no answer: the next read asks again. */
  const seeBound = (): Promise<void> => {
    asked ??= refuseReplaced(reader, bindings).catch((error: unknown) => {
      asked = undefined;
      throw error;
    });
    return asked;
  };
  const bound = async <T>(read: () => Promise<T>): Promise<T> => {
    await seeBound();
    return read();
  };
  return {
    cluster: reader.cluster,
    list: (resource, scope) => bound(() => reader.list(resource, scope)),
    get: (resource, at) => bound(() => reader.get(resource, at)),
    podLog: (request) => bound(() => reader.podLog(request)),
    serverVersion: () => bound(() => reader.serverVersion()),
    serverNow: () => reader.serverNow(),
  };
}

async function refuseReplaced(reader: ClusterReader, bindings: ClusterBindings): Promise<void> {
  const uid = await readClusterUid(reader);
  const bound =
    uid === undefined ? await bindings.of(reader.cluster) : await bindings.bind(reader.cluster, uid);
  if (bound === undefined || bound === uid) return;
  throw new AcknetError('cluster.replaced', replacedText(reader.cluster, { bound, now: uid }), {
    hint: `Nothing is read or changed there until a maintainer has looked and typed \`/acknet rebind ${reader.cluster}\`.`,
  });
}
