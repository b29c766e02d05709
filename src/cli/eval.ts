import { readFile } from 'node:fs/promises';
import { AcknetError } from '../errors.js';
import {
  type Evaluation,
  type Figures,
  isAnswered,
  type Judged,
  judgeQuestions,
  rankedIds,
  summarize,
} from '../intents/evaluation/evaluate.js';
import { readQuestions } from '../intents/evaluation/read-questions.js';
import { exitCodes } from './exit-codes.js';
import { loadKnowledge } from './load-knowledge.js';
import type { CommandResult, Runtime } from './runtime.js';

export interface EvalFlags {
  readonly json?: boolean;
}

/** Measures the shipped matcher. Exit code 2 where lines could not be read; the others are measured all the same. */
export async function evaluateFile(
  file: string,
  { json }: EvalFlags,
  { root, stdout, stderr }: Pick<Runtime, 'root' | 'stdout' | 'stderr'>,
): CommandResult {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new AcknetError('usage.invalid', `${file} cannot be read (${cause.code}).`, { cause });
  });
  const { intents, matcher } = await loadKnowledge(root);
  const { questions, faults } = readQuestions(text, new Set(intents.map(({ id }) => id)));
  const judged = judgeQuestions(matcher, questions, () => performance.now());
  const evaluation = summarize(judged);

  stdout.write(json ? `${JSON.stringify(evaluation)}\n` : renderTable(evaluation, judged));
  for (const fault of faults) stderr.write(`${file}: ${fault}\n`);
  return faults.length === 0 ? exitCodes.done : exitCodes.notReadable;
}

const COLUMNS = ['top1', 'top3', 'answered', 'wrongSure', 'falseSure', 'falseTorn'] as const;

function renderTable({ kinds = {}, ...all }: Evaluation, judged: readonly Judged[]): string {
  const misses = judged.flatMap(describeMiss);
  return [
    ['', 'in scope', 'out', ...COLUMNS].map(cell).join(''),
    ...Object.entries({ all, ...kinds }).map(([name, figures]) => row(name, figures)),
    `\nA match takes ${all.p50Ms.toFixed(2)} ms at the median, ${all.p99Ms.toFixed(2)} ms at the 99th percentile.`,
    `\n${misses.length} misses${misses.length === 0 ? '.' : ':'}`,
    ...misses,
    '',
  ].join('\n');
}

function row(name: string, figures: Figures): string {
  const shares = COLUMNS.map((column) => `${(100 * figures[column]).toFixed(1)} %`);
  return [name, String(figures.inScope), String(figures.outOfScope), ...shares].map(cell).join('');
}

function cell(text: string, at: number): string {
  return at === 0 ? text.padEnd(14) : text.padStart(11);
}

function describeMiss(judged: Judged): readonly string[] {
  const { question, match } = judged;
  const ids = rankedIds(match);
  const wrongOrder = question.intents.length > 0 && !question.intents.includes(ids[0] ?? '');
  const wrongPlace = question.intents.length > 0 ? !isAnswered(judged) : match.kind !== 'unplaced';
  if (!wrongOrder && !wrongPlace) return [];
  const expected = question.intents.join(' | ') || 'out of scope';
  return [
    `- ${shorten(question.text)}\n    ${match.kind}: ${ids.slice(0, 3).join(', ') || '-'}; expected ${expected}`,
  ];
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= 120 ? line : `${line.slice(0, 119)}…`;
}
