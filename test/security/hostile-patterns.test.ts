import { describe, expect, it } from '@jest/globals';
import { patience } from '../support/patience.js';
import { wholeMatrix } from '../support/whole-matrix.js';
import { processorTime } from './processor-time.js';
import { patternsOf, type SourcePattern, sourcePatterns } from './source-patterns.js';

/** What repeated makes a pattern try again: marks, pairs that nearly match, and what the patterns themselves say. */
const repeated = [
  ...[
    ' ',
    '\n',
    '\t',
    '\n ',
    '*',
    '_',
    'a',
    'A',
    '0',
    '-',
    '.',
    '<',
    '{',
    '[',
    '(',
    '"',
    '\\',
    '\\"',
    '/',
    ':',
    '=',
    '`',
    '~',
  ],
  ...[
    '<!date^',
    '<@U',
    '<#C|',
    '<https:a|',
    '&gt;',
    'a*** ',
    'a:',
    'a: ',
    '- ',
    '1.',
    '1h',
    '0:',
    '::',
    'a=',
    '--a',
    '#',
    'a.a',
    'x-',
  ],
];
const ends = ['', '!', '\u0000'];

/** A pattern of a cubic kind shows at the first, a quadratic one at the second; the last is the longest text there is. */
const LENGTHS = [1600, 12_800, 102_400];
/** Four times the text takes four times as long where a pattern is linear, sixteen times where it is quadratic. */
const MOST = 9;
/** Below it a clock tells nothing, and nobody waits. */
const MEASURABLE_MS = 25;

const millisecondsOf = (pattern: RegExp, text: string): number =>
  processorTime(() => text.replace(pattern, ''));

/** The best of three: a busy machine only ever makes it slower. */
const bestOf = (pattern: RegExp, text: string): number =>
  Math.min(...[1, 2, 3].map(() => millisecondsOf(pattern, text)));

/** Nearly all are done with one quick look at each length; only what took long is measured against a quarter of its length. */
function stallsOn(pattern: RegExp, textOf: (length: number) => string): boolean {
  return LENGTHS.some((length) => {
    const text = textOf(length);
    if (millisecondsOf(pattern, text) < MEASURABLE_MS) return false;
    const whole = bestOf(pattern, text);
    return whole > MEASURABLE_MS && whole > MOST * bestOf(pattern, textOf(length / 4));
  });
}

/** One of them, unless the whole matrix is wanted: each pattern meets all, with other parts before them. */
const endsFor = (source: string, part: number): readonly string[] =>
  ends.filter((_, at) => wholeMatrix || (source.length + part) % ends.length === at);

/** Seen three times: what a busy machine makes slow once is not slow again. */
function stalls({ source, flags }: SourcePattern, parts: readonly string[] = repeated): string[] {
  const pattern = new RegExp(source, flags.includes('g') ? flags : `${flags}g`);
  return parts.flatMap((part, at) =>
    endsFor(source, at).flatMap((end) => {
      const textOf = (length: number) => `x${part.repeat(Math.ceil(length / part.length))}${end}`;
      const slow = [1, 2, 3].every(() => stallsOn(pattern, textOf));
      return slow ? [`/${source}/${flags} on ${JSON.stringify(part)}`] : [];
    }),
  );
}

describe('every pattern in the source', () => {
  const patterns = sourcePatterns();

  it('is found', () => {
    expect(patterns.length).toBeGreaterThan(200);
    expect(
      patternsOf('a.ts', "const a = { b: /x+/g, c: (d: string) => d.replace(/y*$/, '') };"),
    ).toHaveLength(2);
  });

  it(
    'takes time in proportion to a hostile text',
    () => {
      expect(patterns.flatMap((pattern) => stalls(pattern))).toEqual([]);
    },
    patience(60_000),
  );

  it.each([
    ['/\\s*$/', { file: '', source: '\\s*$', flags: '' }, '\n'],
    ['the old one for dates', { file: '', source: '<!date\\^[^|>]*\\|?([^>]*)>', flags: 'g' }, '<!date^'],
  ])(
    'would be caught: %s',
    (_title, pattern, part) => {
      expect(stalls(pattern, [part])).not.toEqual([]);
    },
    180_000,
  );
});
