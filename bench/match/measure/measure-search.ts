import type { Question } from '../../../src/intents/evaluation/read-questions.js';
import type { Intent } from '../../../src/intents/intent.js';
import type { Search, Searcher } from './searchers.js';

export interface SearchFigures {
  readonly name: string;
  readonly entries: number;
  readonly indexMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Shares of the questions in scope. */
  readonly top1: number;
  readonly top3: number;
  /** Fewer than were given where the time ran out. */
  readonly asked: number;
}

export interface MeasureOptions {
  readonly questions: readonly Question[];
  /** Runs of each question and of the index; the best counts. */
  readonly runs: number;
  /** No further question is begun after so long. */
  readonly limitMs: number;
}

interface Timed {
  readonly milliseconds: number;
  readonly ids: readonly string[];
  readonly right: readonly string[];
}

export function measureSearch(
  searcher: Searcher,
  intents: readonly Intent[],
  { questions, runs, limitMs }: MeasureOptions,
): SearchFigures {
  const built = best(runs, () => searcher.build(intents));
  const timed = ask(built.result, { questions, runs, limitMs });
  const times = timed.map(({ milliseconds }) => milliseconds).toSorted((a, b) => a - b);
  const inScope = timed.filter(({ right }) => right.length > 0);
  const rightWithin = (places: number): number =>
    inScope.filter(({ ids, right }) => ids.slice(0, places).some((id) => right.includes(id))).length /
    Math.max(1, inScope.length);
  return {
    name: searcher.name,
    entries: intents.length,
    indexMs: round(built.milliseconds),
    p50Ms: round(times[Math.floor(times.length * 0.5)] ?? 0),
    p99Ms: round(times[Math.floor(times.length * 0.99)] ?? 0),
    top1: round(rightWithin(1)),
    top3: round(rightWithin(3)),
    asked: timed.length,
  };
}

function ask(search: Search, { questions, runs, limitMs }: MeasureOptions): readonly Timed[] {
  const until = performance.now() + limitMs;
  const timed: Timed[] = [];
  for (const { text, intents: right } of questions) {
    if (timed.length > 0 && performance.now() > until) break;
    const { milliseconds, result: ids } = best(runs, () => search(text), forget(search));
    timed.push({ milliseconds, ids, right });
  }
  return timed;
}

/** A matcher remembers the last message, and remembering is not what is measured. */
const forget = (search: Search) => () => void search('');

interface Best<T> {
  readonly milliseconds: number;
  readonly result: T;
}

function best<T>(runs: number, work: () => T, before = () => {}): Best<T> {
  const all = Array.from({ length: runs }, () => {
    before();
    const from = performance.now();
    const result = work();
    return { milliseconds: performance.now() - from, result };
  });
  return all.reduce((a, b) => (b.milliseconds < a.milliseconds ? b : a));
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
