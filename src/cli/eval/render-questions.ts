import {
  type Figures,
  isAnswered,
  isFalselyTorn,
  type Judged,
  rankedIds,
  summarize,
} from '../../intents/evaluation/evaluate.js';
import { evalTexts } from '../../texts/cli/eval.js';
import { listMisses, percent, shorten } from './list-misses.js';

const COLUMNS = ['top1', 'top3', 'answered', 'wrongSure', 'falseSure', 'falseTorn'] as const;

export function renderQuestions(judged: readonly Judged[]): string {
  const { kinds = {}, ...all } = summarize(judged);
  return [
    ['', evalTexts.inScope, evalTexts.out, ...COLUMNS].map(cell).join(''),
    ...Object.entries({ all, ...kinds }).map(([name, figures]) => row(name, figures)),
    `\n${evalTexts.times(all.p50Ms.toFixed(2), all.p99Ms.toFixed(2))}`,
    listMisses(judged.flatMap(describeMiss)),
  ].join('\n');
}

function row(name: string, figures: Figures): string {
  const shares = COLUMNS.map((column) => percent(figures[column]));
  return [name, String(figures.inScope), String(figures.outOfScope), ...shares].map(cell).join('');
}

function cell(text: string, at: number): string {
  return at === 0 ? text.padEnd(20) : text.padStart(11);
}

function describeMiss(judged: Judged): readonly string[] {
  const { question, match } = judged;
  const ids = rankedIds(match);
  const isRight =
    question.intents.length === 0
      ? match.kind !== 'sure' && !isFalselyTorn(judged)
      : isAnswered(judged) && question.intents.includes(ids[0] ?? '');
  if (isRight) return [];
  const expected = question.intents.join(' | ') || atMost(question.atMost);
  return [
    `- ${shorten(question.text)}\n    ${match.kind}: ${ids.slice(0, 3).join(', ') || '-'}; ${evalTexts.expected(expected)}`,
  ];
}

const atMost = (ids: readonly string[] = []): string =>
  ids.length === 0 ? evalTexts.outOfScope : evalTexts.atMost(ids.join(', '));
