import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { shinglesOf, similarity } from '../../bench/match/measure/shingles.js';
import { loadKnowledge } from '../../src/cli/load-knowledge.js';
import { openConversation } from '../../src/intents/conversation/open-conversation.js';
import { judgeConversations } from '../../src/intents/evaluation/judge-conversations.js';
import { type ReadQuestions, readQuestions } from '../../src/intents/evaluation/read-questions.js';
import { summarizeConversations } from '../../src/intents/evaluation/summarize-conversations.js';
import { type OpenKnowledge, openKnowledge } from './open-knowledge.js';

const textOf = (file: string): string => readFileSync(path.resolve('bench/match/sets', file), 'utf8');
const linesOf = (file: string): readonly string[] => textOf(file).split('\n').filter(Boolean);

const names = [
  ...['conversations', 'held-out-conversations', 'second-conversations', 'third-conversations'],
  ...['fourth-conversations', 'fourth-two-questions', 'fourth-near-misses', 'fourth-pastes'],
  ...['fifth-conversations', 'fifth-two-questions', 'fifth-near-misses', 'fifth-pastes'],
  'sixth-conversations',
  ...['near-misses', 'second-near-misses', 'third-near-misses'],
  ...['pastes', 'second-pastes', 'third-pastes'],
];

const named = (end: string) => names.filter((name) => name.endsWith(end));

let knowledge: OpenKnowledge;
const sets: Record<string, ReadQuestions> = {};
beforeAll(async () => {
  knowledge = await openKnowledge();
  for (const name of names) {
    sets[name] = readQuestions(textOf(`${name}.jsonl`), knowledge.names);
  }
});

const turnsOf = (set: ReadQuestions | undefined) => (set?.conversations ?? []).flatMap(({ turns }) => turns);

const questionsOf = (...of: readonly string[]) => of.flatMap((name) => sets[name]?.questions ?? []);

const threads = () =>
  names.filter((name) => /conversations|two-questions/.test(name)).flatMap((name) => turnsOf(sets[name]));

/** What people wrote: without small talk, as there are few ways to say thanks. */
const written = (): readonly string[] => [
  ...threads().flatMap(({ kind, text }) => (kind === 'talk' ? [] : [text])),
  ...questionsOf(...named('near-misses')).map(({ text }) => text),
];

const pasted = (): readonly string[] => questionsOf(...named('pastes')).map(({ text }) => text);

/** Pairs of texts that share more than half of their word pairs. */
function alike(texts: readonly string[], others: readonly string[]): readonly string[] {
  const shingles = others.map((text) => new Set(shinglesOf(text)));
  const holders = new Map<number, number[]>();
  for (const [at, set] of shingles.entries()) {
    for (const one of set) holders.set(one, [...(holders.get(one) ?? []), at]);
  }
  return texts.flatMap((text) => {
    const own = shinglesOf(text);
    const near = new Set(own.flatMap((one) => holders.get(one) ?? []));
    const twin = [...near].find((at) => similarity(own, shingles[at] ?? new Set()) > 0.5);
    return twin === undefined ? [] : [`${text} ~ ${others[twin]}`];
  });
}

describe('the evaluation sets', () => {
  it.each(names)('%s can be read whole', (name) => {
    expect(sets[name]?.faults).toEqual([]);
  });

  it('are as large as their figures need', () => {
    expect(sets.conversations?.conversations.length).toBeGreaterThanOrEqual(130);
    expect(sets['near-misses']?.questions.length).toBeGreaterThanOrEqual(160);
    const pastes = sets.pastes?.questions ?? [];
    const covered = pastes.filter(({ intents }) => intents.length > 0).length;
    expect(pastes.length).toBeGreaterThanOrEqual(160);
    expect(covered / pastes.length).toBeGreaterThan(0.4);
    expect(covered / pastes.length).toBeLessThan(0.6);
  });

  it('talk about every entry', () => {
    const named = new Set(turnsOf(sets.conversations).flatMap(({ intents }) => intents));
    expect([...knowledge.names.intents].filter((id) => !named.has(id))).toEqual([]);
  });

  it('say the passage of each follow-up, and of small talk no entry', () => {
    const turns = threads();
    const asksOn = turns.filter(({ kind }) => kind === 'follow-up' || kind === 'still-broken');
    expect(asksOn.filter(({ passage }) => passage === undefined)).toEqual([]);
    expect(turns.filter(({ kind, intents }) => (kind === 'talk') !== (intents.length === 0))).toEqual([]);
  });

  it('ask for a passage that an entry has, or say that it has none', () => {
    const kindsOf = new Map(
      knowledge.intents.map(({ id, passages }) => [id, new Set(passages.flatMap(({ kinds }) => kinds))]),
    );
    const amiss = threads().filter(({ passage, said, intents }) => {
      const asked = [passage ?? []].flat();
      const has = intents.some((id) => asked.some((kind) => kindsOf.get(id)?.has(kind) === true));
      return asked.length > 0 && said !== false && !has;
    });
    expect(amiss.map(({ intents, passage, text }) => `${intents}, ${passage}: ${text}`)).toEqual([]);
  });

  it('label near misses as covered by no entry', () => {
    const covered = questionsOf(...named('near-misses')).filter(({ intents }) => intents.length > 0);
    expect(covered).toEqual([]);
  });

  it('hold no text twice', () => {
    const texts = [...written(), ...pasted()];
    expect(texts.filter((text, at) => texts.indexOf(text) !== at)).toEqual([]);
  });

  it.each(['out-of-scope.txt', 'foreign-errors.txt', 'foreign-things.txt'])(
    'share no line with %s, which the weights are fitted to',
    (file) => {
      expect(alike(linesOf(file), [...written(), ...pasted()])).toEqual([]);
    },
  );

  it('share no wording with the phrasings, but for what components print', () => {
    const phrasings = knowledge.intents.flatMap(({ ask }) => ask);
    expect(alike(phrasings, written())).toEqual([]);
  });
});

describe('threads', () => {
  it('reach on the second set what docs/matching.md tells, within a little', async () => {
    const { takeTurn } = await loadKnowledge('.');
    const conversations = sets['second-conversations']?.conversations ?? [];
    const figures = summarizeConversations(
      judgeConversations(() => openConversation(takeTurn), conversations),
    );
    expect(figures.switch).toBeGreaterThanOrEqual(0.95);
    expect(figures.followUp).toBeGreaterThanOrEqual(0.9);
    expect(figures.passage).toBeGreaterThanOrEqual(0.8);
    expect(figures.twoQuestions).toBeGreaterThanOrEqual(0.75);
    expect(figures.wrongSure).toBeLessThanOrEqual(0.03);
  });
});

describe('the errors of other components', () => {
  it('are many, one a line, each once', () => {
    const errors = linesOf('foreign-errors.txt');
    expect(errors.length).toBeGreaterThanOrEqual(300);
    expect(new Set(errors).size).toBe(errors.length);
  });

  it('are none that an entry is recognised by', () => {
    const ours = knowledge.intents.flatMap(({ errors }) => errors.filter((error) => !error.includes('…')));
    const claimed = linesOf('foreign-errors.txt').filter((line) =>
      ours.some((error) => line.toLowerCase().includes(error.toLowerCase())),
    );
    expect(claimed).toEqual([]);
  });
});
