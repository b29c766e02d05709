import { describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks/index.js';
import { findingLine, findingLines } from '../../src/texts/findings/finding-line.js';

const problems = checks.flatMap(({ id, messages }) =>
  Object.entries(messages)
    .filter(([, { severity }]) => severity === 'problem')
    .map(([key, { text }]): [string, string] => [`${id}.${key}`, text]),
);
const slotsOf = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, slot]) => slot as string);
const lineOf = (id: string) => findingLines[id] ?? (() => '');

/** Slots that hold numbers; the others hold names and words. */
const numbers = new Set([
  ...['behind', 'count', 'desired', 'interfaces', 'leaked', 'median', 'nodes', 'notReady', 'pods', 'present'],
  ...['sampled', 'total', 'unready', 'waiting'],
]);

function said(id: string, text: string, n: number): string {
  return lineOf(id)(Object.fromEntries(slotsOf(text).map((slot) => [slot, numbers.has(slot) ? n : 'x'])));
}

describe('a problem in one line', () => {
  it('is written for every problem there is, and for nothing else', () => {
    expect(Object.keys(findingLines).sort()).toEqual(problems.map(([id]) => id).sort());
  });

  it.each(problems)('%s uses only what the finding measures', (id, text) => {
    const used = new Set<string>();
    lineOf(id)(new Proxy({}, { get: (_, key) => used.add(String(key)).size }));
    expect(slotsOf(text)).toEqual(expect.arrayContaining([...used]));
  });

  it.each(problems)('%s is short, plain and right in number', (id, text) => {
    expect(said(id, text, 2).length).toBeLessThanOrEqual(75);
    expect(said(id, text, 1)).not.toMatch(/(?<!of )\b1 (?:nodes|pods|addresses|Services|Terway pods)\b/);
    expect(said(id, text, 2)).not.toMatch(/\b2 (?:node|pod|address|Service)\b(?! address)/);
    expect(said(id, text, 2)).not.toMatch(/[.?]$|undefined/);
  });

  it('is the first sentence of the message where the catalogue has none, or a value is missing', () => {
    const message = '1 node is not Ready, and acknet knows no cause: a. It says: "x"';
    expect(findingLine({ id: 'unexplained.nodesNotReady', data: {}, message })).toBe(
      '1 node is not Ready, and acknet knows no cause',
    );
    expect(findingLine({ id: 'flannel-cni-version.missing', data: {}, message: 'Short. Rest.' })).toBe(
      'Short',
    );
  });
});
