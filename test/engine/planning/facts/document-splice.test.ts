import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  applySplice,
  invertSplice,
  spliceOf,
} from '../../../../src/engine/planning/facts/document-splice.js';

const document = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '"', '😀', '𝄞', 'é') });

describe('a splice', () => {
  it('leads from one text to the other and back, whatever the texts', () => {
    fc.assert(
      fc.property(document, document, (from, to) => {
        const splice = spliceOf(from, to);
        expect(applySplice(from, splice)).toBe(to);
        expect(applySplice(to, invertSplice(splice))).toBe(from);
      }),
    );
  });

  it('survives JSON and UTF-8: it never cuts a character in two', () => {
    fc.assert(
      fc.property(document, document, (from, to) => {
        const { removed, inserted } = spliceOf(from, to);
        for (const text of [removed, inserted]) expect(Buffer.from(text).toString()).toBe(text);
      }),
    );
  });

  it('holds what differs and no more', () => {
    expect(spliceOf('{"a":1,"secret":"x"}', '{"a":2,"secret":"x"}')).toEqual({
      at: 5,
      removed: '1',
      inserted: '2',
    });
  });

  it('does not fit a text that moved', () => {
    expect(applySplice('abc', { at: 1, removed: 'x', inserted: 'y' })).toBeUndefined();
  });
});
