import type { ClusterAccess, ClusterReader } from '../../cluster/ports.js';
import { namespaces } from '../../cluster/views/namespace.js';
import { nodes } from '../../cluster/views/node.js';
import { AcknetError, isAcknetError } from '../../errors.js';
import { nearestName } from '../../nearest-name.js';
import type { RunScope } from './run-scope.js';

interface Asked {
  readonly access: Pick<ClusterAccess, 'name' | 'reader'>;
  readonly scope: RunScope;
  readonly signal: AbortSignal;
}

/**
 * Throws `usage.invalid`, with the nearest name, where the scope names a node or a namespace that is not there: nothing
 * would be found about it. What cannot be read refuses nothing; the run itself says so then.
 */
export async function refuseUnknownScope({ access, scope, signal }: Asked): Promise<void> {
  const { node, namespaces: wanted } = scope;
  if (node === undefined && wanted.length === 0) return;
  const reader = access.reader(signal);
  if (node !== undefined)
    refuse(access.name, { what: 'node', wanted: [node], known: await nodeNames(reader) });
  if (wanted.length > 0)
    refuse(access.name, { what: 'namespace', wanted, known: await unlessUnread(reader.list(namespaces)) });
}

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
