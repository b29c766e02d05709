import { labelOf } from '../../../cluster/object-label.js';
import type { Json, PatchOperation } from '../../../cluster/ports.js';
import type { StoredChange } from '../../../proposals/proposal.js';
import { canonical, sha256 } from '../digest.js';
import { applySplice } from './document-splice.js';
import type { Moved } from './moved.js';
import { type ObjectState, valueAt, type WrittenObject } from './object-state.js';

export type FieldChange = Extract<StoredChange, { verb: 'set' | 'edit-document' | 'cordon' }>;

/** All changes to one object: one patch, one step. */
export interface ObjectWrite {
  readonly id: string;
  readonly about: WrittenObject;
  readonly changes: readonly FieldChange[];
}

const isFieldChange = (change: StoredChange): change is FieldChange =>
  change.verb === 'set' || change.verb === 'edit-document' || change.verb === 'cordon';

export function objectWrites(changes: readonly StoredChange[]): ObjectWrite[] {
  const writes = new Map<string, { about: WrittenObject; changes: FieldChange[] }>();
  for (const change of changes.filter(isFieldChange)) {
    const label = labelOf(change.about);
    const entry = writes.get(label) ?? { about: change.about, changes: [] };
    entry.changes.push(change);
    writes.set(label, entry);
  }
  return [...writes].map(([label, entry]) => ({ id: `write ${label}`, ...entry }));
}

/** Where in the object it is. */
export const pathOf = (change: FieldChange): readonly string[] => {
  if (change.verb === 'set') return change.path;
  return change.verb === 'cordon' ? ['spec', 'unschedulable'] : ['data', change.key];
};

const same = (a: Json, b: Json): boolean => canonical(a) === canonical(b);

function stands(change: FieldChange, state: ObjectState, side: 'from' | 'to'): boolean {
  const value = valueAt(state, pathOf(change));
  if (change.verb !== 'edit-document') return same(value, change[side]);
  return typeof value === 'string' && sha256(value) === change[side === 'from' ? 'fromDigest' : 'toDigest'];
}

/** Where an object stands between before and after: `moved` = someone else changed what this write is about. */
export function standingOf({ changes }: ObjectWrite, state: ObjectState): 'before' | 'after' | 'moved' {
  if (changes.every((change) => stands(change, state, 'to'))) return 'after';
  return changes.every((change) => stands(change, state, 'from')) ? 'before' : 'moved';
}

/** The fields that are not what the approver saw, or not what was written. */
export const movedFields = (
  { changes, about }: ObjectWrite,
  state: ObjectState,
  expected: 'from' | 'to',
): Moved[] =>
  changes
    .filter((change) => !stands(change, state, expected))
    .map((change) => ({ about, path: pathOf(change), words: `${labelOf(about)}, ${fieldName(change)}` }));

export function fieldName(change: FieldChange): string {
  const [root = '', ...rest] = pathOf(change);
  return root === 'data' ? `data["${rest.join('.')}"]` : [root, ...rest].join('.');
}

/**
 * JSON Patch that the server refuses unless the object is the very one just read: also where the fixer's kubeconfig
 * leads to another cluster than the reader's, with an object of the same name and version.
 */
export function operationsFor({ changes }: ObjectWrite, state: ObjectState): PatchOperation[] {
  const version: PatchOperation = {
    op: 'test',
    path: '/metadata/resourceVersion',
    value: state.resourceVersion,
  };
  const identity: PatchOperation = { op: 'test', path: '/metadata/uid', value: state.uid };
  return [version, identity, ...changes.flatMap((change) => operationsOf(change, state))];
}

function operationsOf(change: FieldChange, state: ObjectState): PatchOperation[] {
  const path = pathOf(change);
  const at = pointer(path);
  const before = valueAt(state, path);
  if (change.verb === 'cordon') return [{ op: 'add', path: at, value: change.to }];
  const after = afterValue(change, before);
  const test: PatchOperation[] = before === null ? [] : [{ op: 'test', path: at, value: before }];
  if (after === null) return [...test, { op: 'remove', path: at }];
  const parents = before === null ? missingParents(path, state) : [];
  return [...test, ...parents, { op: before === null ? 'add' : 'replace', path: at, value: after }];
}

function afterValue(change: Exclude<FieldChange, { verb: 'cordon' }>, before: Json): Json {
  if (change.verb === 'set') return change.to;
  const edited = typeof before === 'string' ? applySplice(before, change.splice) : undefined;
  if (edited === undefined || sha256(edited) !== change.toDigest)
    throw new TypeError(`the splice of ${change.key} does not fit the document it was made for`);
  return edited;
}

/** `annotations` and the like may be absent as a whole. */
function missingParents(path: readonly string[], state: ObjectState): PatchOperation[] {
  const parent = path.slice(0, -1);
  const held = valueAt(state, parent);
  const absent = held === null || (typeof held === 'object' && Object.keys(held).length === 0);
  return parent.length > 0 && absent ? [{ op: 'add', path: pointer(parent), value: {} }] : [];
}

const pointer = (path: readonly string[]): string =>
  path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
