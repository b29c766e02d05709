import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { paginate } from '../../../src/slack/kit/block-budget.js';
import { charactersOf, messageBudget, section, verbatim } from '../../../src/slack/kit/blocks.js';
import { chunkText } from '../../../src/slack/kit/writing/chunk-text.js';

const anyText = fc
  .array(fc.string({ unit: 'grapheme', maxLength: 60 }), { maxLength: 40 })
  .map((lines) => lines.join('\n'));

describe('a long text', () => {
  it('is cut into pieces that are short enough and lose no character', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 5, max: 80 }), (text, limit) => {
        const pieces = chunkText(text, limit);
        for (const piece of pieces) expect([...piece].length).toBeLessThanOrEqual(limit);
        expect(pieces.join('').replaceAll('\n', '')).toBe(text.replaceAll('\n', ''));
      }),
    );
  });

  it('is cut at line ends, else behind a space, else where it must be', () => {
    expect(chunkText('one\ntwo\nthree', 7)).toEqual(['one\ntwo', 'three']);
    expect(chunkText('aaaa bbbb cccc', 11)).toEqual(['aaaa bbbb ', 'cccc']);
    expect(chunkText('x'.repeat(7), 3)).toEqual(['xxx', 'xxx', 'x']);
  });

  it('that is empty is no piece', () => {
    expect(chunkText('', 10)).toEqual([]);
  });
});

describe('blocks', () => {
  const groups = Array.from({ length: 130 }, (_, n) => [section(`${n} ${'x'.repeat(300)}`)]);

  it('are spread over as many messages as they need, in order, none lost', () => {
    const pages = paginate('text', groups);
    for (const { blocks } of pages) {
      expect(blocks.length).toBeLessThanOrEqual(messageBudget.blocks);
      expect(charactersOf(blocks)).toBeLessThanOrEqual(messageBudget.characters);
    }
    expect(pages.flatMap(({ blocks }) => blocks)).toEqual(groups.flat());
    expect(pages[0]?.text).toBe(`text (1 of ${pages.length})`);
  });

  it('of a group stay together where one message can hold them', () => {
    const half = verbatim('y'.repeat(5000));
    const pages = paginate('text', [half, half, half]);
    expect(pages.map(({ blocks }) => blocks.length)).toEqual([half.length, half.length, half.length]);
  });
});
