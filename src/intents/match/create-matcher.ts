import type { Candidate, Intent, Match, Matcher } from '../intent.js';
import type { Analysis } from './analyze.js';
import { buildAnalyzer } from './build-analyzer.js';
import { createSignals } from './create-signals.js';
import { type Beliefs, beliefsOf, decide } from './decide.js';
import { type Evidence, evidenceOf } from './evidence.js';
import { createFollowUps } from './follow-up.js';
import { analyzeKnowledge } from './knowledge.js';
import type { MatchData } from './load-match-data.js';
import { type Ranking, rankEntries } from './rank-entries.js';

/** Why a message was matched as it was. */
export interface MatchExplanation {
  readonly match: Match;
  readonly analysis: Analysis;
  readonly evidence: Evidence;
  readonly beliefs: Beliefs;
  /** The likeliest entries with what each signal adds to their total. */
  readonly entries: readonly ExplainedEntry[];
}

interface ExplainedEntry {
  readonly id: string;
  readonly share: number;
  readonly bySignal: Readonly<Record<string, number>>;
}

interface MatchContext {
  readonly entry?: string;
}

export interface ExplainingMatcher extends Matcher {
  explain(text: string, context?: MatchContext): MatchExplanation;
}

/** Builds the index; `match` is synchronous, never throws, and bounded for any input. */
export function createMatcher(intents: readonly Intent[], data: MatchData): ExplainingMatcher {
  const { vocabulary, weights } = data;
  const { analyze, stem, lexicon } = buildAnalyzer(intents, data);
  const knowledge = analyzeKnowledge(intents, analyze);
  const signals = createSignals(knowledge, { analyze, stem, lexicon, vocabulary });

  const isFollowUp = createFollowUps(knowledge, vocabulary, stem);

  const explain = (text: string, context: MatchContext = {}): MatchExplanation => {
    const analysis = analyze(text);
    const ranking = rankEntries(signals, weights.signals, { analysis });
    const evidence = evidenceOf(analysis, ranking, weights.topic);
    const beliefs = beliefsOf(evidence, weights);
    const own = decide(intents, ranking, {
      beliefs,
      thresholds: weights.thresholds,
      saysSomething: analysis.concepts.length > 0 || analysis.stems.length > 1,
    });
    const entry = intents.findIndex(({ id }) => id === context.entry);
    const goesOn = entry >= 0 && isFollowUp(analysis, entry, own);
    const match = goesOn ? stayWith(context.entry ?? '', own) : own;
    return { match, analysis, evidence, beliefs, entries: explainEntries(intents, ranking, data) };
  };
  return { explain, match: (text, context) => explain(text, context).match };
}

/** The thread's entry as the answer; what the words alone suggest comes after it. */
function stayWith(id: string, own: Match): Match {
  const rest = rankedIn(own).filter((candidate) => candidate.id !== id);
  return { kind: 'sure', best: { id, score: FOLLOW_UP_SCORE }, others: rest.slice(0, 4) };
}

/** A follow-up rests on the thread, not on its words. */
const FOLLOW_UP_SCORE = 0.9;

function rankedIn(match: Match): readonly Candidate[] {
  if (match.kind === 'sure') return [match.best, ...match.others];
  return match.kind === 'torn' ? match.candidates : match.nearest;
}

const EXPLAINED = 5;

function explainEntries(
  intents: readonly Intent[],
  { order, shares, bySignal }: Ranking,
  { weights }: MatchData,
): readonly ExplainedEntry[] {
  return order.slice(0, EXPLAINED).map((entry) => ({
    id: intents[entry]?.id ?? '',
    share: shares[entry] ?? 0,
    bySignal: Object.fromEntries(
      [...bySignal].map(([name, scores]) => [name, (weights.signals[name] ?? 0) * (scores[entry] ?? 0)]),
    ),
  }));
}
