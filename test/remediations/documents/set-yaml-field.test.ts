import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import { setYamlField, type YamlEdit } from '../../../src/remediations/documents/set-yaml-field.js';

const scheduler: YamlEdit = { path: ['ipvs', 'scheduler'], value: 'lc', after: 'mode' };
const cores: YamlEdit = { path: ['conntrack', 'maxPerCore'], value: 131072, after: 'mode' };

describe('setYamlField', () => {
  it.each<[string, string, YamlEdit, string]>([
    [
      'replaces a value',
      'mode: ipvs\nipvs:\n  scheduler: rr # was rr\n',
      scheduler,
      'mode: ipvs\nipvs:\n  scheduler: lc # was rr\n',
    ],
    ['replaces a quoted value', "ipvs: {scheduler: 'rr'}\n", scheduler, 'ipvs: {scheduler: lc}\n'],
    ['fills an empty value', 'ipvs:\n  scheduler:\n', scheduler, 'ipvs:\n  scheduler: lc\n'],
    [
      'adds to a mapping',
      'ipvs:\n  udpTimeout: 10s\n',
      scheduler,
      'ipvs:\n  scheduler: lc\n  udpTimeout: 10s\n',
    ],
    ['fills an empty mapping', 'ipvs:\nmode: ipvs\n', scheduler, 'ipvs:\n  scheduler: lc\nmode: ipvs\n'],
    ['fills an empty flow mapping', 'ipvs: {}\n', scheduler, 'ipvs: {scheduler: lc}\n'],
    [
      'adds the mapping behind its neighbour',
      'mode: ipvs # c\n\n# end\n',
      scheduler,
      'mode: ipvs # c\nipvs:\n  scheduler: lc\n\n# end\n',
    ],
    [
      'adds it at the end of a file without a line end',
      'a: 1\nmode: ipvs',
      scheduler,
      'a: 1\nmode: ipvs\nipvs:\n  scheduler: lc',
    ],
    [
      'adds it first where there is no neighbour',
      '# head\na: 1\n',
      scheduler,
      '# head\nipvs:\n  scheduler: lc\na: 1\n',
    ],
    [
      'keeps Windows line ends',
      'mode: ipvs\r\na: 1\r\n',
      scheduler,
      'mode: ipvs\r\nipvs:\r\n  scheduler: lc\r\na: 1\r\n',
    ],
    [
      'writes numbers',
      'conntrack:\n    maxPerCore:  65536\n',
      cores,
      'conntrack:\n    maxPerCore:  131072\n',
    ],
    [
      'writes durations',
      'ipvs:\n  scheduler: rr\n',
      { path: ['ipvs', 'udpTimeout'], value: '10s' },
      'ipvs:\n  udpTimeout: 10s\n  scheduler: rr\n',
    ],
  ])('%s', (_title, before, edit, after) => {
    expect(setYamlField(before, edit)).toBe(after);
  });

  it.each([
    ['nothing', ''],
    ['a list', '- a\n'],
    ['broken indentation', 'mode: ipvs\n ipvs:\n   scheduler: rr\n'],
    ['a colon without a space', 'ipvs:\n  scheduler:rr\n'],
    ['tabs', 'ipvs:\n\tscheduler: rr\n'],
    ['a key that stands twice', 'ipvs:\n  scheduler: rr\nipvs:\n  scheduler: wrr\n'],
    ['several documents', 'a: 1\n---\nb: 2\n'],
    ['an alias', 'a: &x {scheduler: rr}\nipvs: *x\n'],
    ['a scalar on the way', 'ipvs: on\n'],
    ['a list on the way', 'ipvs: [a]\n'],
    ['a block text as the value', 'ipvs:\n  scheduler: |\n    rr\n'],
  ])('refuses %s', (_title, source) => {
    expect(setYamlField(source, scheduler)).toBeUndefined();
  });

  const name = fc.constantFrom('clusterCIDR', 'bindAddress', 'metricsBindAddress', 'x', 'featureGates');
  const scalar = fc.constantFrom(
    'a',
    '10.0.0.0/8',
    '"quoted: text"',
    "'single # no comment'",
    'true',
    '12',
    '~',
    '',
  );
  const comment = fc.constantFrom('', ' # note', '   # ipvs: {scheduler: no}');
  const entry = fc
    .tuple(name, scalar, comment)
    .map(([key, value, note]) => [key, `${key}: ${value}${note}`] as const);
  const nested = fc.uniqueArray(entry, { selector: ([key]) => key, minLength: 1, maxLength: 3 });
  const filler = fc.constantFrom('', '  ', '# a comment', '   # an indented one');
  const section = fc.oneof(
    entry.map(([key, line]) => [key, [line]] as const),
    fc
      .tuple(name, nested)
      .map(([key, lines]) => [key, [`${key}:`, ...lines.map(([, line]) => `    ${line}`)]] as const),
  );
  const document = fc
    .tuple(
      fc.uniqueArray(fc.tuple(section, filler), { selector: ([[key]]) => key, minLength: 1, maxLength: 5 }),
      fc.constantFrom('', 'mode: ipvs', 'mode: "ipvs" # here'),
      fc.constantFrom('', '\n'),
    )
    .map(
      ([sections, mode, end]) =>
        [...sections.flatMap(([[, lines], extra]) => [...lines, extra]), mode].join('\n') + end,
    );

  it('adds the one field and leaves every other byte, whatever surrounds it', () => {
    fc.assert(
      fc.property(document, (source) => {
        const edited = setYamlField(source, scheduler);
        if (edited === undefined) return;
        expect(parse(edited)).toEqual({ ...(parse(source) as object), ipvs: { scheduler: 'lc' } });
        expect(isInsertion(source, edited)).toBe(true);
      }),
    );
  });

  it('edits every such document: none of them is refused', () => {
    fc.assert(fc.property(document, (source) => setYamlField(source, scheduler) !== undefined));
  });

  it('replaces the one value and leaves every other byte, whatever surrounds it', () => {
    fc.assert(
      fc.property(document, scalar.filter(Boolean), comment, (source, value, note) => {
        const whole = `ipvs:\n  scheduler: ${value}${note}\n${source}`;
        const edited = setYamlField(whole, scheduler) ?? '';
        expect(edited).toBe(`ipvs:\n  scheduler: lc${note}\n${source}`);
      }),
    );
  });
});

/** Is `edited` the text of `source` with one run of characters added? */
function isInsertion(source: string, edited: string): boolean {
  const added = edited.length - source.length;
  let at = 0;
  while (at < source.length && source[at] === edited[at]) at += 1;
  return added > 0 && source.slice(at) === edited.slice(at + added);
}
