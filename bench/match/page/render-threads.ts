import type { ConversationFigures } from '../../../src/intents/evaluation/summarize-conversations.js';
import { percent, table } from './render-table.js';

const bar = (sign: string, share: number): string => `${sign} ${percent(share)}`;

export function threadsTable(threads: ConversationFigures): string {
  const { turns } = threads;
  return table(
    ['in conversations', 'turns', 'reached', 'promised'],
    [
      ['first question: right entry', String(turns.first), percent(threads.first), ''],
      ['switch: right entry', String(turns.switch), percent(threads.switch), bar('≥', 0.95)],
      ['follow-up: right entry', String(turns['follow-up']), percent(threads.followUp), bar('≥', 0.85)],
      ['follow-up: right passage', '', percent(threads.passage), bar('≥', 0.75)],
      ['follow-up the entry has no answer to: passage asked for', '', percent(threads.unsaidPassage), ''],
      ['"still broken": right entry', String(turns['still-broken']), percent(threads.stillBroken), ''],
      ['"still broken": answered with the check', '', percent(threads.stillBrokenCheck), ''],
      ['two questions: both named', String(turns['two-questions']), percent(threads.twoQuestions), ''],
      ['wrong and sure, of all of these', '', percent(threads.wrongSure), bar('≤', 0.03)],
      ['small talk taken for a question', String(turns.talk), percent(threads.talkWrong), ''],
    ],
  );
}

export const THREADS_NOTE = `Each conversation of \`bench/match/sets/conversations.jsonl\` is held from its start: what was answered before is the context of the next turn. A first
question and a switch may be answered by asking back with the right entry among the candidates, which is then picked; a follow-up may not. A passage
may be about several things: it is right if it is about one that was asked for.

Which message goes on about the entry under discussion was fitted to three quarters of these conversations (all but lines 4, 8, 12, …), and to the
single questions above, put into threads about other entries; the wordings of \`intents/passages.yaml\` were widened after looking at what was missed
there. On the last quarter, which nobody looked into: follow-ups 80 %, switches 76 %, passage 64 %, wrong and sure 5.3 %. Expect that of voices nobody
has heard, not the table.`;
