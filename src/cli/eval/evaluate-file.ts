import { readFile } from 'node:fs/promises';
import { AcknetError } from '../../errors.js';
import { openConversation } from '../../intents/conversation/open-conversation.js';
import { judgeQuestions, summarize } from '../../intents/evaluation/evaluate.js';
import { judgeConversations } from '../../intents/evaluation/judge-conversations.js';
import { type ReadQuestions, readQuestions } from '../../intents/evaluation/read-questions.js';
import { summarizeConversations } from '../../intents/evaluation/summarize-conversations.js';
import { maskedJson } from '../../masking/mask.js';
import { evalTexts } from '../../texts/cli/eval.js';
import { exitCodes } from '../terminal/exit-codes.js';
import { forTerminal } from '../terminal/for-terminal.js';
import { type LoadedKnowledge, loadKnowledge } from '../load-knowledge.js';
import type { CommandResult, Runtime } from '../runtime.js';
import { renderConversations } from './render-conversations.js';
import { renderQuestions } from './render-questions.js';

interface EvalFlags {
  readonly json?: boolean;
}

/** Measures the shipped matcher. Exit code 2 where lines could not be read; the others are measured all the same. */
export async function evaluateFile(
  file: string,
  { json }: EvalFlags,
  { root, stdout, stderr }: Pick<Runtime, 'root' | 'stdout' | 'stderr'>,
): CommandResult {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new AcknetError('usage.invalid', evalTexts.unreadable(file, cause.code), { cause });
  });
  const knowledge = await loadKnowledge(root);
  const read = readQuestions(text, {
    intents: new Set(knowledge.intents.map(({ id }) => id)),
    passages: new Set(Object.keys(knowledge.passageKinds)),
  });
  stdout.write(json ? maskedJson(asJson(knowledge, read)) : forTerminal(asText(knowledge, read)));
  for (const fault of read.faults) stderr.write(forTerminal(`${file}: ${fault}\n`));
  return read.faults.length === 0 ? exitCodes.done : exitCodes.notReadable;
}

function asJson(knowledge: LoadedKnowledge, { questions, conversations }: ReadQuestions): object {
  const evaluation = summarize(judgedQuestions(knowledge, questions));
  if (conversations.length === 0) return evaluation;
  return {
    ...evaluation,
    conversations: summarizeConversations(judgedTurns(knowledge, conversations)),
  };
}

function asText(knowledge: LoadedKnowledge, { questions, conversations }: ReadQuestions): string {
  const parts: string[] = [];
  if (questions.length > 0 || conversations.length === 0) {
    parts.push(renderQuestions(judgedQuestions(knowledge, questions)));
  }
  if (conversations.length > 0) parts.push(renderConversations(judgedTurns(knowledge, conversations)));
  return parts.join('\n');
}

const judgedQuestions = ({ matcher }: LoadedKnowledge, questions: ReadQuestions['questions']) =>
  judgeQuestions(matcher, questions, () => performance.now());

const judgedTurns = ({ takeTurn }: LoadedKnowledge, conversations: ReadQuestions['conversations']) =>
  judgeConversations(() => openConversation(takeTurn), conversations);
