import { describe, expect, it } from '@jest/globals';
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

/** Each four times the one before, up to a hundred thousand characters. */
const LENGTHS = [400, 1600, 6400, 25_600, 102_400];
/** Four times the text takes four times as long where a pattern is linear, sixteen times where it is quadratic. */
const MOST = 10;
/** Below it a clock tells nothing. */
const MEASURABLE_MS = 2;

/** The best of three: a busy machine only ever makes it slower. */
function millisecondsOf(pattern: RegExp, text: string): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 3; run += 1) {
    const start = process.hrtime.bigint();
    text.replace(pattern, '');
    best = Math.min(best, Number(process.hrtime.bigint() - start) / 1e6);
    if (best < MEASURABLE_MS) break;
  }
  return best;
}

/** Stops at the first length that shows it: a cubic pattern would take minutes at the last one. */
function growsTooFast(pattern: RegExp, textOf: (length: number) => string): boolean {
  let before = millisecondsOf(pattern, textOf(LENGTHS[0] ?? 0));
  for (const length of LENGTHS.slice(1)) {
    const time = millisecondsOf(pattern, textOf(length));
    if (time > MEASURABLE_MS && time > MOST * Math.max(before, MEASURABLE_MS / 4)) return true;
    before = time;
  }
  return false;
}

/** Seen twice: what a busy machine makes slow once is not slow again. */
function stalls({ source, flags }: SourcePattern): string[] {
  const pattern = new RegExp(source, flags.includes('g') ? flags : `${flags}g`);
  return repeated.flatMap((part) =>
    ends.flatMap((end) => {
      const of = (length: number) => `x${part.repeat(Math.ceil(length / part.length))}${end}`;
      const slow = growsTooFast(pattern, of) && growsTooFast(pattern, of) && growsTooFast(pattern, of);
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

  it('takes time in proportion to a hostile text', () => {
    expect(patterns.flatMap(stalls)).toEqual([]);
  }, 300_000);

  it.each([
    ['/\\s*$/', { file: '', source: '\\s*$', flags: '' }],
    ['the old one for dates', { file: '', source: '<!date\\^[^|>]*\\|?([^>]*)>', flags: 'g' }],
  ])(
    'would be caught: %s',
    (_title, pattern) => {
      expect(stalls(pattern)).not.toEqual([]);
    },
    60_000,
  );
});
