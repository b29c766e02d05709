import { describe, expect, it } from '@jest/globals';
import { nameSuffix, withUniqueSuffixes } from '../../../../sandbox/cluster/api/objects/name-suffix.js';

describe('withUniqueSuffixes', () => {
  it('passes over an id whose suffix was given before', () => {
    const ids = ['00000000-0000-4000-8000-000000000001', 'ffffffff-0000-4000-8000-000000000001'];
    expect(nameSuffix(ids[0] ?? '')).toBe(nameSuffix(ids[1] ?? ''));
    const given = [...ids, '00000000-0000-4000-8000-000000000002'];
    const nextId = withUniqueSuffixes(() => given.shift() ?? '');
    expect([nextId(), nextId()]).toEqual([ids[0], '00000000-0000-4000-8000-000000000002']);
  });
});
