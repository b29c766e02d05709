import { isRight, type JudgedTurn } from '../../intents/evaluation/judge-conversations.js';
import { passagesOf } from '../../intents/evaluation/labelled-conversation.js';
import { summarizeConversations } from '../../intents/evaluation/summarize-conversations.js';
import { evalTexts } from '../../texts/cli/eval.js';
import { listMisses, percent, shorten } from './list-misses.js';

export function renderConversations(judged: readonly JudgedTurn[]): string {
  const { turns, ...shares } = summarizeConversations(judged);
  const said = evalTexts.turns;
  const rows: readonly (readonly [string, number])[] = [
    [said.first(turns.first), shares.first],
    [said.switch(turns.switch), shares.switch],
    [said.followUp(turns['follow-up']), shares.followUp],
    [said.passage, shares.passage],
    [said.unsaidPassage, shares.unsaidPassage],
    [said.stillBroken(turns['still-broken']), shares.stillBroken],
    [said.stillBrokenCheck, shares.stillBrokenCheck],
    [said.twoQuestions(turns['two-questions']), shares.twoQuestions],
    [said.wrongSure, shares.wrongSure],
    [said.talk(turns.talk), shares.talkWrong],
  ];
  return [
    ...rows.map(([name, share]) => name.padEnd(46) + percent(share).padStart(9)),
    listMisses(judged.filter((one) => !isRight(one)).map(describeMiss)),
  ].join('\n');
}

function describeMiss({ turn, reply, before }: JudgedTurn): string {
  const after = before.at(-1);
  const expected = [turn.intents.join(' | ') || evalTexts.smallTalk, passagesOf(turn).join(' | ')].filter(
    Boolean,
  );
  const named = [reply.intent, reply.asked?.kinds.join(' '), ...reply.candidates.map(({ id }) => id)].filter(
    Boolean,
  );
  return [
    `- ${turn.kind}: ${shorten(turn.text)}`,
    ...(after === undefined ? [] : [`    ${evalTexts.after(shorten(after))}`]),
    `    ${reply.kind}: ${named.join(', ') || '-'}; ${evalTexts.expected(expected.join(': '))}`,
  ].join('\n');
}
