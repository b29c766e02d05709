import { isRight, type JudgedTurn } from '../../intents/evaluation/judge-conversations.js';
import { passagesOf } from '../../intents/evaluation/labelled-conversation.js';
import { summarizeConversations } from '../../intents/evaluation/summarize-conversations.js';
import { listMisses, percent, shorten } from './list-misses.js';

export function renderConversations(judged: readonly JudgedTurn[]): string {
  const { turns, ...shares } = summarizeConversations(judged);
  const rows: readonly (readonly [string, number])[] = [
    [`right entry, of ${turns.first} first turns`, shares.first],
    [`right entry, of ${turns.switch} switches`, shares.switch],
    [`right entry, of ${turns['follow-up']} follow-ups`, shares.followUp],
    ['right passage, of those the entry answers', shares.passage],
    ['right passage, of those it does not answer', shares.unsaidPassage],
    [`right entry, of ${turns['still-broken']} "still broken"`, shares.stillBroken],
    ['answered with the check', shares.stillBrokenCheck],
    [`all named, of ${turns['two-questions']} with two questions`, shares.twoQuestions],
    ['wrong and sure, of all of these', shares.wrongSure],
    [`taken for a question, of ${turns.talk} small talk`, shares.talkWrong],
  ];
  return [
    ...rows.map(([name, share]) => name.padEnd(46) + percent(share).padStart(9)),
    listMisses(judged.filter((one) => !isRight(one)).map(describeMiss)),
  ].join('\n');
}

function describeMiss({ turn, reply, before }: JudgedTurn): string {
  const after = before.at(-1);
  const expected = [turn.intents.join(' | ') || 'small talk', passagesOf(turn).join(' | ')].filter(Boolean);
  const named = [reply.intent, reply.asked?.kinds.join(' '), ...reply.candidates.map(({ id }) => id)].filter(
    Boolean,
  );
  return [
    `- ${turn.kind}: ${shorten(turn.text)}`,
    ...(after === undefined ? [] : [`    after: ${shorten(after)}`]),
    `    ${reply.kind}: ${named.join(', ') || '-'}; expected ${expected.join(': ')}`,
  ].join('\n');
}
