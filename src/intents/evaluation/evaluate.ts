import type { Match, Matcher } from '../intent.js';
import type { Question } from './read-questions.js';
import { shareOf } from './share-of.js';

/** All but the counts and times are shares, 0 to 1, of the questions in scope or out of scope. */
export interface Figures {
  readonly inScope: number;
  readonly outOfScope: number;
  readonly top1: number;
  readonly top3: number;
  /** Sure of a right entry, or torn with a right one among the candidates. */
  readonly answered: number;
  readonly wrongSure: number;
  readonly falseSure: number;
  readonly falseTorn: number;
}

export interface Evaluation extends Figures {
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** By `kind`, where lines carry one. */
  readonly kinds?: Readonly<Record<string, Figures>>;
}

export interface Judged {
  readonly question: Question;
  readonly match: Match;
  readonly milliseconds: number;
}

/** The best of a few runs: what a match takes, not what else the machine does meanwhile. */
const RUNS = 3;

/** Asked before each run: a matcher remembers the last message, and remembering is not what is measured. */
const SOMETHING_ELSE = '';

/** `clock` in milliseconds. */
export function judgeQuestions(
  matcher: Matcher,
  questions: readonly Question[],
  clock: () => number,
): readonly Judged[] {
  return questions.map((question) => {
    const timed = (): Judged => {
      matcher.match(SOMETHING_ELSE);
      const from = clock();
      const match = matcher.match(question.text);
      return { question, match, milliseconds: clock() - from };
    };
    return Array.from({ length: RUNS }, timed).reduce((a, b) => (b.milliseconds < a.milliseconds ? b : a));
  });
}

export function summarize(judged: readonly Judged[]): Evaluation {
  const times = judged.map(({ milliseconds }) => milliseconds).toSorted((a, b) => a - b);
  const kinds = [...new Set(judged.flatMap(({ question }) => question.kind ?? []))].sort();
  const perKind = kinds.map((kind) => [
    kind,
    figuresOf(judged.filter(({ question }) => question.kind === kind)),
  ]);
  return {
    ...figuresOf(judged),
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    kinds: kinds.length > 0 ? Object.fromEntries(perKind) : undefined,
  };
}

function figuresOf(judged: readonly Judged[]): Figures {
  const ours = judged.filter(({ question }) => question.intents.length > 0);
  const others = judged.filter(({ question }) => question.intents.length === 0);
  return {
    inScope: ours.length,
    outOfScope: others.length,
    top1: shareOf(ours, (one) => rightWithin(one, 1)),
    top3: shareOf(ours, (one) => rightWithin(one, 3)),
    answered: shareOf(ours, isAnswered),
    wrongSure: shareOf(ours, (one) => one.match.kind === 'sure' && !isAnswered(one)),
    falseSure: shareOf(others, ({ match }) => match.kind === 'sure'),
    falseTorn: shareOf(others, isFalselyTorn),
  };
}

/** Entries in the order in which they would be offered. */
export function rankedIds(match: Match): readonly string[] {
  if (match.kind === 'sure') return [match.best, ...match.others].map(({ id }) => id);
  return (match.kind === 'torn' ? match.candidates : match.nearest).map(({ id }) => id);
}

/** Whether a right entry was sure, or among the candidates. */
export function isAnswered({ question, match }: Judged): boolean {
  if (match.kind === 'sure') return question.intents.includes(match.best.id);
  return match.kind === 'torn' && match.candidates.some(({ id }) => question.intents.includes(id));
}

function rightWithin({ question, match }: Judged, places: number): boolean {
  return rankedIds(match)
    .slice(0, places)
    .some((id) => question.intents.includes(id));
}

/** Torn although no entry is about it; over entries that may be offered is all right. */
export function isFalselyTorn({ question, match }: Judged): boolean {
  if (question.intents.length > 0 || match.kind !== 'torn') return false;
  return match.candidates.some(({ id }) => question.atMost?.includes(id) !== true);
}

function quantile(sorted: readonly number[], at: number): number {
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? 0);
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
