import { isObject, list, object, text } from '../../../../src/cluster/fields.js';
import type { Json, JsonObject } from '../../../../src/cluster/ports.js';
import { type FieldPaths, fieldPaths } from './field-paths.js';

interface FieldWrite {
  readonly before: JsonObject | undefined;
  readonly after: JsonObject;
  readonly manager: string;
  readonly apiVersion: string;
  /** ISO time, whole seconds. */
  readonly time: string;
  readonly status: boolean;
}

interface Entry {
  readonly meta: JsonObject;
  readonly fields: ReadonlySet<string>;
}

/**
 * `managedFields` after an update, as structured-merge-diff keeps them: what the write added or changed is its manager's
 * and nobody else's, what it removed nobody's; who owns nothing any more is gone. A mere removal bears no time.
 */
export function managedFieldsAfter(write: FieldWrite): readonly Json[] {
  const then = write.before === undefined ? new Map<string, string>() : fieldPaths(write.before);
  const now = fieldPaths(write.after);
  const taken = changedPaths(then, now);
  const gone = new Set([...then.keys()].filter((path) => !now.has(path)));
  const known = list(write.after, 'metadata', 'managedFields').filter(isObject).map(entryOf);
  const mine = known.find(({ meta }) => isOf(meta, write));
  const others = known
    .filter((entry) => entry !== mine)
    .map(({ meta, fields }) => ({ meta, fields: without(fields, taken, gone) }));
  const own = new Set([...without(mine?.fields ?? new Set(), gone), ...taken]);
  const meta = mine !== undefined && taken.size === 0 ? mine.meta : writerOf(write);
  return [...others, { meta, fields: own }]
    .filter(({ fields }) => fields.size > 0)
    .map(
      ({ meta: { subresource, ...told }, fields }): JsonObject => ({
        ...told,
        fieldsV1: treeOf(fields),
        ...(subresource === undefined ? {} : { subresource }),
      }),
    )
    .toSorted(byOrder);
}

/** Of an object that a scenario puts in: its managers own all of it, where they do not say what. */
export function seededFields(seeded: JsonObject, given: readonly Json[]): readonly Json[] {
  const { status: _, ...written } = seeded;
  const fields = treeOf(fieldPaths(written).keys());
  return given.map((entry) =>
    Object.keys(object(entry, 'fieldsV1')).length > 0
      ? entry
      : { ...object(entry), fieldsType: 'FieldsV1', fieldsV1: fields },
  );
}

const changedPaths = (then: FieldPaths, now: FieldPaths): ReadonlySet<string> =>
  new Set([...now].flatMap(([path, value]) => (then.get(path) === value ? [] : [path])));

const without = (
  fields: ReadonlySet<string>,
  ...taken: readonly ReadonlySet<string>[]
): ReadonlySet<string> => new Set([...fields].filter((path) => !taken.some((each) => each.has(path))));

const isOf = (meta: JsonObject, { manager, status }: FieldWrite): boolean =>
  text(meta, 'manager') === manager &&
  text(meta, 'operation') === 'Update' &&
  text(meta, 'subresource') === (status ? 'status' : undefined);

/** Who wrote, without what. */
export const writerOf = ({
  manager,
  apiVersion,
  time,
  status,
}: Pick<FieldWrite, 'manager' | 'apiVersion' | 'time'> &
  Partial<Pick<FieldWrite, 'status'>>): JsonObject => ({
  manager,
  operation: 'Update',
  apiVersion,
  time,
  fieldsType: 'FieldsV1',
  ...(status ? { subresource: 'status' } : {}),
});

function entryOf(entry: JsonObject): Entry {
  const { fieldsV1, ...meta } = entry;
  return { meta, fields: new Set(pathsIn(object(fieldsV1), [])) };
}

function pathsIn(tree: JsonObject, steps: readonly string[]): readonly string[] {
  return Object.entries(tree).flatMap(([step, below]) => {
    if (step === '.') return [JSON.stringify(steps)];
    const at = [...steps, step];
    return isObject(below) && Object.keys(below).length > 0 ? pathsIn(below, at) : [JSON.stringify(at)];
  });
}

type Tree = { [step: string]: Tree };

function treeOf(paths: Iterable<string>): Tree {
  const root: Tree = {};
  const all = [...paths].map((path) => JSON.parse(path) as string[]);
  for (const steps of all) {
    let at = root;
    for (const step of steps) at = at[step] ??= {};
  }
  // A member that has members below says so by a dot.
  for (const steps of all) {
    const at = steps.reduce<Tree>((tree, step) => tree[step] ?? {}, root);
    if (Object.keys(at).length > 0) at['.'] = {};
  }
  return root;
}

/** As the server lists them. Source: `sortEncodedManagedFields` of apimachinery. */
function byOrder(a: JsonObject, b: JsonObject): number {
  const keys = ['operation', 'time', 'manager', 'apiVersion', 'subresource'];
  const key = keys.find((each) => (text(a, each) ?? '') !== (text(b, each) ?? ''));
  return key === undefined ? 0 : (text(a, key) ?? '') < (text(b, key) ?? '') ? -1 : 1;
}
