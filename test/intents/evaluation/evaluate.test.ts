import { describe, expect, it } from '@jest/globals';
import { judgeQuestions, summarize } from '../../../src/intents/evaluation/evaluate.js';
import type { Question } from '../../../src/intents/evaluation/read-questions.js';
import type { Match, Matcher } from '../../../src/intents/intent.js';

const scored = (id: string) => ({ id, score: 0.5 });
const sure = (id: string): Match => ({ kind: 'sure', best: scored(id), others: [] });
const torn = (...ids: readonly string[]): Match => ({ kind: 'torn', candidates: ids.map(scored) });
const unplaced: Match = { kind: 'unplaced', nearest: [] };

const figuresOf = (question: Omit<Question, 'text'>, match: Match) => {
  const matcher: Matcher = { match: () => match, isOfTheField: () => true };
  return summarize(judgeQuestions(matcher, [{ text: 'x', ...question }], () => 0));
};

describe('a text that does not decide', () => {
  it.each<[string, Match, object]>([
    ['answered all the same', sure('a'), { falseSure: 1, falseTorn: 0 }],
    ['torn over what may be offered', torn('b', 'a'), { falseSure: 0, falseTorn: 0 }],
    ['torn over more than may be offered', torn('a', 'c'), { falseSure: 0, falseTorn: 1 }],
    ['not placed', unplaced, { falseSure: 0, falseTorn: 0 }],
  ])('%s', (_name, match, figures) => {
    expect(figuresOf({ intents: [], atMost: ['a', 'b'] }, match)).toMatchObject(figures);
  });

  it('may not be torn at all where nothing may be offered', () => {
    expect(figuresOf({ intents: [] }, torn('a', 'b'))).toMatchObject({ falseTorn: 1 });
  });
});

describe('a text that an entry covers', () => {
  it.each<[string, Match, object]>([
    ['answered with one of the right ones', sure('b'), { top1: 1, answered: 1, wrongSure: 0 }],
    ['torn, a right one second', torn('c', 'a'), { top1: 0, top3: 1, answered: 1, wrongSure: 0 }],
    ['answered with another', sure('c'), { top1: 0, answered: 0, wrongSure: 1 }],
    ['not placed', unplaced, { top1: 0, answered: 0, wrongSure: 0 }],
  ])('%s', (_name, match, figures) => {
    expect(figuresOf({ intents: ['a', 'b'] }, match)).toMatchObject({ falseTorn: 0, ...figures });
  });
});

describe('how long a match takes', () => {
  it('is what reading the message takes, not what remembering it does', () => {
    let now = 0;
    let last = '';
    const matcher: Matcher = {
      match(text) {
        now += text === last ? 0 : 5;
        last = text;
        return unplaced;
      },
      isOfTheField: () => true,
    };
    const { p50Ms } = summarize(judgeQuestions(matcher, [{ text: 'x', intents: [] }], () => now));
    expect(p50Ms).toBe(5);
  });
});
