import { readFileSync, statSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { countWords } from '../../../src/intents/match/topic-odds.js';
import { buildAnalyzer } from '../../../src/intents/match/words/build-analyzer.js';
import { entryOf, entryText } from '../entry-text.js';
import { type OpenKnowledge, openKnowledge } from '../open-knowledge.js';

let knowledge: OpenKnowledge;
beforeAll(async () => {
  knowledge = await openKnowledge();
});

const others = ['out-of-scope.txt', 'foreign-errors.txt'].flatMap((file) =>
  readFileSync(`bench/match/sets/${file}`, 'utf8').split('\n').filter(Boolean),
);

/** Lines of `foreign-words.json` for these entries. */
const foreignLines = (intents: OpenKnowledge['intents']): readonly string[] => {
  const { analyze } = buildAnalyzer(intents, knowledge.data);
  return JSON.stringify(countWords(others.map(analyze)), undefined, 1).split('\n');
};

const bytesOf = (lines: readonly string[]): number => lines.join('\n').length;

describe('the weights that are committed', () => {
  it('change by at most 5 kB where one entry is added', () => {
    const ask = JSON.stringify([
      'the toaster of the third floor burns the bread',
      'bread comes out black from the toaster',
      'why does our toaster smoke',
      'toaster too hot, turn it down',
      'burnt toast every morning',
      'set the browning level of the toaster',
    ]);
    const added = entryOf(
      'toaster',
      entryText({ id: 'toaster', title: 'toaster', summary: 'toaster', source: 'toaster', ask }),
    );
    const before = new Set(foreignLines(knowledge.intents));
    const after = foreignLines([...knowledge.intents, added]);
    const written = bytesOf(after.filter((line) => !before.has(line)));
    // Every other weight may change with a fit: all of them together, old and new, are part of the diff.
    expect(2 * written + 2 * statSync('intents/match-weights.json').size).toBeLessThan(5000);
  });
});
