import { labelOf } from '../../../cluster/object-label.js';
import type { ClusterReader } from '../../../cluster/ports.js';
import { isAcknetError } from '../../../errors.js';
import { readFieldManagers, writerOf } from './field-owners.js';
import type { Moved } from './moved.js';

/** What moved, each with who wrote it last where the API server recorded that. */
export async function nameWriters(reader: ClusterReader, moved: readonly Moved[]): Promise<string> {
  const objects = new Map(moved.map(({ about }) => [labelOf(about), about]));
  const managers = new Map(
    await Promise.all(
      [...objects].map(
        async ([label, about]) =>
          [label, await readFieldManagers(reader, about).catch(unlessUnread)] as const,
      ),
    ),
  );
  return moved
    .map(({ about, path, words }) => {
      const writer = path && writerOf(managers.get(labelOf(about)) ?? [], path);
      return writer === undefined ? words : `${words} (last written ${writer})`;
    })
    .join('; ');
}

/** That something moved is said all the same. */
function unlessUnread(error: unknown): readonly never[] {
  if (isAcknetError(error)) return [];
  throw error;
}
