import { describe, expect, it } from '@jest/globals';
import { openMatchedConversation } from '../../src/intents/conversation/matched-conversation.js';
import type { Match, Matcher } from '../../src/intents/intent.js';

const sure = (id: string): Match => ({
  kind: 'sure',
  best: { id, score: 1 },
  others: [{ id: 'z', score: 0 }],
});
const torn: Match = {
  kind: 'torn',
  candidates: [
    { id: 'a', score: 0.5 },
    { id: 'b', score: 0.4 },
  ],
};
const unplaced: Match = { kind: 'unplaced', nearest: [{ id: 'a', score: 0.1 }] };

/** Gives out the matches in turn, and keeps the context that each was asked with. */
function matcherOf(...matches: readonly Match[]): Matcher & { readonly contexts: (string | undefined)[] } {
  const left = [...matches];
  const contexts: (string | undefined)[] = [];
  return {
    contexts,
    match: (_text, context) => {
      contexts.push(context?.entry);
      return left.shift() ?? unplaced;
    },
  };
}

describe('a thread of the matcher', () => {
  it.each([
    [sure('a'), { kind: 'answer', intent: 'a', candidates: [] }],
    [torn, { kind: 'choice', intent: undefined, candidates: ['a', 'b'] }],
    [unplaced, { kind: 'unknown', intent: undefined, candidates: [] }],
  ])('replies to %j', (match, reply) => {
    expect(openMatchedConversation(matcherOf(match)).turn('x')).toEqual({ ...reply, passage: undefined });
  });

  it.each(['hi', 'Hello!', 'help', '  '])('takes %j for talk, and keeps the context', (text) => {
    const matcher = matcherOf(sure('a'), sure('a'));
    const conversation = openMatchedConversation(matcher);
    conversation.turn('one');
    expect(conversation.turn(text).kind).toBe('talk');
    conversation.turn('two');
    expect(matcher.contexts).toEqual([undefined, 'a']);
  });

  it('asks with the entry of the last sure answer, or the one picked', () => {
    const matcher = matcherOf(sure('a'), torn, sure('b'), torn);
    const conversation = openMatchedConversation(matcher);
    conversation.turn('one');
    conversation.turn('two');
    conversation.pick('b');
    conversation.turn('three');
    conversation.turn('four');
    conversation.turn('five');
    expect(matcher.contexts).toEqual([undefined, 'a', 'b', 'b', undefined]);
  });
});
