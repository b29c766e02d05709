import { unlessAbsent } from '../../../cluster/absent.js';
import { labelOf } from '../../../cluster/object-label.js';
import type { ClusterReader, ObjectRef, Resource, WritableKind } from '../../../cluster/ports.js';
import { type FieldManager, fieldManagersOf, ownsField } from '../../../cluster/views/field-managers.js';
import type { StoredChange } from '../../../proposals/proposal.js';
import { nameOfManager, OWN } from './writer-name.js';
import { fieldName, objectWrites, pathOf } from './object-writes.js';

const managed = (group: string, plural: string, kind: WritableKind): Resource<readonly FieldManager[]> => ({
  group,
  version: 'v1',
  plural,
  kind,
  namespaced: kind !== 'Node',
  project: fieldManagersOf,
});

const resources: Readonly<Record<string, Resource<readonly FieldManager[]>>> = {
  ConfigMap: managed('', 'configmaps', 'ConfigMap'),
  Service: managed('', 'services', 'Service'),
  Node: managed('', 'nodes', 'Node'),
  DaemonSet: managed('apps', 'daemonsets', 'DaemonSet'),
};

/** Nobody where the object is gone, or of a kind that acknet does not write. */
export async function readFieldManagers(
  reader: ClusterReader,
  { kind, namespace, name }: ObjectRef,
): Promise<readonly FieldManager[]> {
  const resource = resources[kind];
  return resource === undefined
    ? []
    : ((await unlessAbsent(reader.get(resource, { namespace, name }))) ?? []);
}

/** A field that a fix sets, and who will set it back. */
export interface ForeignField {
  readonly about: ObjectRef;
  readonly field: string;
  readonly manager: string;
}

/** The fields that a plan sets and somebody else owns by server-side apply. */
export async function gatherForeignFields(
  reader: ClusterReader,
  changes: readonly StoredChange[],
): Promise<readonly ForeignField[]> {
  const all = await Promise.all(
    objectWrites(changes).map(async ({ about, changes: own }) => {
      const appliers = (await readFieldManagers(reader, about)).filter(
        ({ operation, manager }) => operation === 'Apply' && manager !== OWN,
      );
      return own.flatMap((change) =>
        appliers
          .filter((applier) => ownsField(applier, pathOf(change)))
          .map(({ manager }): ForeignField => ({ about, field: fieldName(change), manager })),
      );
    }),
  );
  return all.flat();
}

export const foreignWarning = ({ about, field, manager }: ForeignField): string =>
  `${nameOfManager(manager)} will put it back: it owns ${field} of ${labelOf(about)} by server-side apply, and writes its own value whenever it applies. Change it there as well.`;

/** Who wrote a field last, in words; undefined = the server did not record it. */
export function writerOf(managers: readonly FieldManager[], path: readonly string[]): string | undefined {
  const newest = managers
    .filter((each) => ownsField(each, path))
    .toSorted((a, b) => Date.parse(a.time ?? '') - Date.parse(b.time ?? ''))
    .at(-1);
  if (newest === undefined) return undefined;
  const time = newest.time === undefined ? '' : ` at ${newest.time}`;
  return `by ${nameOfManager(newest.manager)}, ${newest.operation}${time}`;
}
