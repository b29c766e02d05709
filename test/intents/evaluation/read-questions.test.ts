import { describe, expect, it } from '@jest/globals';
import { type ReadQuestions, readQuestions } from '../../../src/intents/evaluation/read-questions.js';

const known = { intents: new Set(['a', 'b']), passages: new Set(['where', 'check']) };

const read = (...lines: readonly unknown[]): ReadQuestions =>
  readQuestions(lines.map((line) => JSON.stringify(line)).join('\n'), known);

const kindsOf = (...turns: readonly object[]): readonly string[] | undefined =>
  read({ turns }).conversations[0]?.turns.map(({ kind }) => kind);

describe('a line with turns', () => {
  it('is a conversation, the others are questions', () => {
    const { questions, conversations, faults } = read(
      { text: 'q', intents: ['a'], atMost: ['b'] },
      { turns: [{ text: 'one', intents: ['a'] }] },
    );
    expect(faults).toEqual([]);
    expect(questions).toEqual([{ text: 'q', intents: ['a'], atMost: ['b'] }]);
    expect(conversations).toHaveLength(1);
  });

  it('may leave out what kind its turns are: their place and entries say it', () => {
    const kinds = kindsOf(
      { text: 'hi', intents: [] },
      { text: 'one', intents: ['a'] },
      { text: 'and where', intents: ['a'], passage: 'where' },
      { text: 'thanks', intents: [] },
      { text: 'checked it', intents: ['a'] },
      { text: 'other', intents: ['b'] },
    );
    expect(kinds).toEqual(['talk', 'first', 'follow-up', 'talk', 'follow-up', 'switch']);
  });

  it('keeps the kind that is given', () => {
    expect(kindsOf({ text: 'x', intents: ['a', 'b'], kind: 'two-questions' })).toEqual(['two-questions']);
  });

  it.each([
    [{ turns: [] }, /^line 1: turns: /],
    [{ turns: [{ text: 'x', intents: ['nope'] }] }, /^line 1: no such entry: nope$/],
    [{ turns: [{ text: 'x', intents: ['a'], passage: 'colour' }] }, /^line 1: no such passage: colour$/],
    [
      { turns: [{ text: 'x', intents: ['c'], passage: ['where', 'colour'] }] },
      /no such entry: c; no such passage: colour/,
    ],
    [{ turns: [{ text: 'x', intents: ['a'], kind: 'rant' }] }, /^line 1: turns\.0\.kind: /],
    [{ text: 'x', intents: [], atMost: ['nope'] }, /^line 1: no such entry: nope$/],
  ])('is reported where it cannot be used: %j', (line, fault) => {
    const { questions, conversations, faults } = read(line);
    expect([...questions, ...conversations]).toEqual([]);
    expect(faults).toEqual([expect.stringMatching(fault)]);
  });
});
