import { describe, expect, it } from '@jest/globals';
import type { Reply } from '../../../src/intents/conversation/conversation.js';
import type { Conversation } from '../../../src/intents/conversation/open-conversation.js';
import { isRight, judgeConversations } from '../../../src/intents/evaluation/judge-conversations.js';
import type { LabelledTurn } from '../../../src/intents/evaluation/labelled-conversation.js';
import { summarizeConversations } from '../../../src/intents/evaluation/summarize-conversations.js';

const nothing: Reply = {
  ...{ kind: 'unknown', intent: undefined, asked: undefined, askedToo: undefined, score: 0 },
  ...{ candidates: [], others: [], suggestChecks: [], talk: undefined, stillBroken: 0 },
};
const named = (ids: readonly string[]) => ids.map((id) => ({ id, score: 0.5 }));
const talk: Reply = { ...nothing, kind: 'talk' };
const choice = (...candidates: readonly string[]): Reply => ({
  ...nothing,
  kind: 'choice',
  candidates: named(candidates),
});
const answer = (intent: string, passage?: string, ...candidates: readonly string[]): Reply => ({
  ...nothing,
  kind: 'answer',
  intent,
  asked: passage === undefined ? undefined : { kinds: [passage], passage: undefined },
  candidates: named(candidates),
});

/** A thread that says what it is told to, whatever is asked. */
function scripted(replies: readonly Reply[], picked: string[] = []): () => Conversation {
  return () => {
    const left = [...replies];
    return { turn: () => left.shift() ?? nothing, pick: (intent) => picked.push(intent) };
  };
}

const first: LabelledTurn = { text: 'a?', intents: ['a'], kind: 'first' };
const followUp: LabelledTurn = { text: 'where', intents: ['a'], passage: 'where', kind: 'follow-up' };

function figuresOf(...turns: readonly (readonly [LabelledTurn, Reply])[]) {
  const open = scripted(turns.map(([, reply]) => reply));
  return summarizeConversations(judgeConversations(open, [{ turns: turns.map(([turn]) => turn) }]));
}

describe('a turn is right', () => {
  const twoPassages: LabelledTurn = { ...followUp, passage: ['where', 'limits'] };
  const broken: LabelledTurn = { ...followUp, passage: 'check', intents: ['a', 'b'], kind: 'still-broken' };
  const both: LabelledTurn = { text: 'a and b?', intents: ['a', 'b'], kind: 'two-questions' };
  const twice: LabelledTurn = { ...twoPassages, kind: 'two-questions' };
  const thanks: LabelledTurn = { text: 'thanks', intents: [], kind: 'talk' };
  const change: LabelledTurn = { text: 'now b', intents: ['b'], kind: 'switch' };
  it.each<[string, LabelledTurn, Reply, boolean]>([
    ['a first question by its entry', first, answer('a', 'step'), true],
    ['a first question by the choice of its entry', first, choice('b', 'a'), true],
    ['not a first question by another entry', first, answer('b'), false],
    ['not a first question by not knowing', first, nothing, false],
    ['a first question about a passage by that passage', { ...first, passage: 'where' }, answer('a'), false],
    ['a follow-up by its passage', followUp, answer('a', 'where'), true],
    ['a follow-up by one of several passages', twoPassages, answer('a', 'limits'), true],
    ['not a follow-up by another passage', followUp, answer('a', 'step'), false],
    ['not a follow-up by the whole entry', followUp, answer('a'), false],
    ['not a follow-up by the passage of another entry', followUp, answer('b', 'where'), false],
    ['not a follow-up by asking back', followUp, choice('a', 'b'), false],
    ['"still broken" by the check of the next candidate', broken, answer('b', 'check'), true],
    ['a switch by the new entry', change, answer('b'), true],
    ['not a switch by the old entry', change, answer('a'), false],
    ['two questions by naming both', both, answer('b', 'step', 'a'), true],
    ['not two questions by naming one', both, answer('b', 'step'), false],
    ['not two questions about one entry by the whole entry', twice, answer('a'), false],
    ['two questions about one entry by one of the passages', twice, answer('a', 'limits'), true],
    ['small talk by small talk', thanks, talk, true],
    ['not small talk by not knowing', thanks, nothing, false],
    ['not small talk by an answer', thanks, answer('a'), false],
  ])('%s', (_name, turn, reply, right) => {
    expect(isRight({ turn, reply, before: [] })).toBe(right);
  });
});

describe('the figures of conversations', () => {
  it('count the turns of each kind', () => {
    const figures = figuresOf([first, answer('a')], [followUp, answer('a')], [followUp, nothing]);
    expect(figures.turns).toEqual({
      first: 1,
      'follow-up': 2,
      switch: 0,
      'still-broken': 0,
      'two-questions': 0,
      talk: 0,
    });
  });

  it('tell entry and passage of follow-ups apart, and said from unsaid', () => {
    const unsaid: LabelledTurn = { ...followUp, passage: 'undo', said: false };
    const figures = figuresOf(
      [first, answer('a')],
      [followUp, answer('a', 'where')],
      [followUp, answer('a', 'step')],
      [followUp, answer('b', 'where')],
      [unsaid, answer('a', 'undo')],
    );
    expect(figures).toMatchObject({ first: 1, followUp: 0.75, passage: 0.3333, unsaidPassage: 1 });
  });

  it('count as wrong and sure what is answered with a wrong entry, of all that asks something', () => {
    const thanks: LabelledTurn = { text: 'ok', intents: [], kind: 'talk' };
    const figures = figuresOf(
      [first, choice('b', 'c')],
      [followUp, answer('b')],
      [followUp, nothing],
      [thanks, answer('a')],
    );
    expect(figures).toMatchObject({ wrongSure: 0.3333, talkWrong: 1 });
  });
});

describe('a conversation', () => {
  it('goes on with the right one of the candidates, as the person would pick it', () => {
    const picked: string[] = [];
    const replies = [choice('b', 'a'), choice('b', 'c'), answer('b')];
    judgeConversations(scripted(replies, picked), [{ turns: [first, followUp, followUp] }]);
    expect(picked).toEqual(['a']);
  });

  it('begins anew for each line', () => {
    let opened = 0;
    const open = () => {
      opened += 1;
      return scripted([])();
    };
    judgeConversations(open, [{ turns: [first, followUp] }, { turns: [first] }]);
    expect(opened).toBe(2);
  });

  it('tells what was said before a turn', () => {
    const judged = judgeConversations(scripted([]), [{ turns: [first, followUp] }, { turns: [first] }]);
    expect(judged.map(({ before }) => before)).toEqual([[], ['a?'], []]);
  });
});
