import { describe, expect, it } from '@jest/globals';
import type { Intent } from '../../../src/intents/intent.js';
import { createSignals } from '../../../src/intents/match/create-signals.js';
import { vocabularySchema } from '../../../src/intents/match/data/vocabulary.js';
import { analyzeKnowledge } from '../../../src/intents/match/knowledge.js';
import { buildAnalyzer } from '../../../src/intents/match/words/build-analyzer.js';
import { entryOf, entryText } from '../entry-text.js';

const entry = (
  id: string,
  ask: readonly string[],
  front: Readonly<Record<string, string>> = {},
  body?: string,
): Intent => {
  const padded = [
    ...ask,
    ...['one', 'two', 'three', 'four', 'five', 'six'].map((word) => `${id} filler ${word}`),
  ];
  const text = entryText(
    { id, title: id, summary: id, source: id, ask: JSON.stringify(padded), ...front },
    body,
  );
  return entryOf(id, text);
};

const vocabulary = vocabularySchema.parse({
  subjects: { eni: ['NIC', 'network card'], vswitch: ['subnet'], terway: [], flannel: [], conntrack: [] },
  qualifiers: {},
  symptoms: { exhausted: ['run out', 'used up'] },
  acts: { inbound: ['from the internet'], outbound: ['to the internet'] },
  named: { ours: { terway: [], flannel: [] }, others: { calico: [] } },
  generic: { exhausted: ['out of everything'] },
  observable: {},
  areas: {},
  foreign: { storage: ['pvc'] },
  chinese: { 耗尽: 'run out' },
});

const intents = [
  entry('full', ['the vswitch is exhausted'], {
    errors: '["InvalidVSwitchId.IpNotEnough", "The specified VSwitch … has not enough IpAddress"]',
    keywords: '[shortage]',
  }),
  entry('inward', ['traffic from the internet fails'], {}, '## Solution\n\nBuy bandwidth in the console.\n'),
  entry('outward', ['traffic to the internet fails']),
  entry('modes', ['shared or exclusive eni with terway'], { errors: '["eip pool is not supported"]' }),
];

const data = { vocabulary, commonWords: new Set<string>() };
const { analyze, ...parts } = buildAnalyzer(intents, data);
const knowledge = analyzeKnowledge(intents, analyze);
const signals = new Map(
  createSignals(knowledge, { analyze, ...parts }).map((signal) => [signal.name, signal]),
);

const scores = (name: string, text: string, leftOut?: number): Record<string, number> => {
  const query = { analysis: analyze(text), ...(leftOut !== undefined && { leftOut }) };
  const result = signals.get(name)?.score(query) ?? new Float64Array();
  return Object.fromEntries(intents.map(({ id }, at) => [id, result[at] ?? 0]));
};
const best = (name: string, text: string): string | undefined => {
  const [first, second] = Object.entries(scores(name, text)).sort(([, a], [, b]) => b - a);
  return first !== undefined && first[1] > (second?.[1] ?? 0) ? first[0] : undefined;
};

describe.each([
  ['concepts', 'our subnet has run out', 'full'],
  ['letters', 'vswitchexhaustion', 'full'],
  ['odds', 'exclusive network card', 'modes'],
  ['error-text', 'log: "The specified VSwitch vsw-1 has not enough IpAddress", retrying', 'full'],
  ['keywords', 'a shortage', 'full'],
  ['entry-text', 'buy more bandwidth', 'inward'],
])('the signal %s', (name, text, id) => {
  it(`puts "${id}" first for "${text}"`, () => {
    expect(best(name, text)).toBe(id);
  });
});

describe('signals', () => {
  it('are finite for any entry and any text', () => {
    for (const name of signals.keys()) {
      for (const text of ['', 'zzz', 'pvc', 'terway '.repeat(300)]) {
        expect(Object.values(scores(name, text)).every(Number.isFinite)).toBe(true);
      }
    }
  });

  it.each(['letters', 'concepts', 'odds'])('do not let %s find a phrasing that is left out', (name) => {
    const at = knowledge.phrasings.findIndex(({ text }) => text === 'shared or exclusive eni with terway');
    const text = knowledge.phrasings[at]?.text ?? '';
    expect(scores(name, text, at).modes).toBeLessThan(scores(name, text).modes ?? 0);
  });

  it('need the fragments of an error text in their order', () => {
    expect(scores('error-text', 'has not enough IpAddress. The specified VSwitch').full).toBe(0);
  });

  it('read error texts across punctuation, case and line breaks', () => {
    expect(scores('error-text', 'code=INVALIDVSWITCHID.\nIPNOTENOUGH').full).toBeGreaterThan(0);
  });
});
