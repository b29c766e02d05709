import { podOf } from '../../checks/judging/named-path.js';
import type { ClusterAccess, ClusterReader } from '../../cluster/ports.js';
import { namespaces } from '../../cluster/views/namespace.js';
import { nodes } from '../../cluster/views/node.js';
import { pods } from '../../cluster/views/pod.js';
import { AcknetError, isAcknetError } from '../../errors.js';
import { nearestName } from '../../nearest-name.js';
import { isWholeCluster, type RunScope } from './run-scope.js';

interface Asked {
  readonly access: Pick<ClusterAccess, 'name' | 'reader'>;
  readonly scope: RunScope;
  readonly signal: AbortSignal;
}

/**
 * Throws `usage.invalid`, with the nearest name, where the scope names a node, a namespace or a pod that is not there: nothing
 * would be found about it. What cannot be read refuses nothing; the run itself says so then.
 */
export async function refuseUnknownScope({ access, scope, signal }: Asked): Promise<void> {
  const { node, path } = scope;
  if (isWholeCluster(scope)) return;
  const reader = access.reader(signal);
  const pod = path && podOf(path);
  const wanted = pod === undefined ? scope.namespaces : [pod.namespace];
  if (node !== undefined)
    refuse(access.name, { what: 'node', wanted: [node], known: await nodeNames(reader) });
  if (wanted.length > 0)
    refuse(access.name, { what: 'namespace', wanted, known: await unlessUnread(reader.list(namespaces)) });
  if (pod !== undefined)
    refuse(access.name, {
      what: 'pod',
      wanted: [`${pod.namespace}/${pod.name}`],
      known: await podNames(reader, pod.namespace),
    });
}

const podNames = async (reader: ClusterReader, namespace: string): Promise<readonly string[] | undefined> =>
  (await unlessUnread(reader.list(pods, { namespace })))?.map(({ name }) => `${namespace}/${name}`);

const nodeNames = async (reader: ClusterReader): Promise<readonly string[] | undefined> =>
  (await unlessUnread(reader.list(nodes)))?.map(({ name }) => name);

async function unlessUnread<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (isAcknetError(error)) return undefined;
    throw error;
  }
}

function refuse(
  cluster: string,
  names: {
    readonly what: string;
    readonly wanted: readonly string[];
    readonly known: readonly string[] | undefined;
  },
): void {
  const { what, wanted, known } = names;
  const missing = known === undefined ? undefined : wanted.find((name) => !known.includes(name));
  if (missing === undefined || known === undefined) return;
  const near = nearestName(missing, known);
  throw new AcknetError(
    'usage.invalid',
    `${cluster} has no ${what} "${missing.slice(0, 253)}", so nothing was checked.`,
    {
      hint: near === undefined ? `See kubectl get ${what}s.` : `Did you mean ${near}?`,
    },
  );
}
