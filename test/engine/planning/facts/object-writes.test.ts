import { describe, expect, it } from '@jest/globals';
import type { ObjectState } from '../../../../src/engine/planning/facts/object-state.js';
import { objectWrites, operationsFor } from '../../../../src/engine/planning/facts/object-writes.js';
import { storeChanges } from '../../../../src/engine/planning/plan-digest.js';
import type { StoredChange } from '../../../../src/proposals/proposal.js';

const about = { kind: 'ConfigMap', namespace: 'kube-system', name: 'c' } as const;
const node = { kind: 'Node', name: 'n' } as const;
const [edit] = storeChanges([{ verb: 'edit-document', about, key: 'k', from: 'a: 1', to: 'a: 2' }]);

const cases: readonly (readonly [string, StoredChange | undefined, ObjectState['content']])[] = [
  ['a document', edit, { data: { k: 'a: 1' } }],
  [
    'a value that is there',
    { verb: 'set', about, path: ['data', 'k'], from: 'x', to: 'y' },
    { data: { k: 'x' } },
  ],
  [
    'a value that is not there',
    { verb: 'set', about, path: ['data', 'k'], from: null, to: 'y' },
    { data: {} },
  ],
  ['a cordon', { verb: 'cordon', about: node, from: false, to: true }, { spec: { unschedulable: false } }],
];

describe('the patch of', () => {
  it.each(cases)('%s fits the very version that was read, and no other', (_what, change, content) => {
    const [write] = objectWrites(change ? [change] : []);
    const operations =
      write && operationsFor(write, { uid: 'u', resourceVersion: '41', content, custody: [] });
    expect(operations?.[0]).toEqual({ op: 'test', path: '/metadata/resourceVersion', value: '41' });
    expect(operations?.[1]).toEqual({ op: 'test', path: '/metadata/uid', value: 'u' });
    expect(operations?.length).toBeGreaterThan(2);
  });
});
