import type { Intent, Match, MatchContext, Matcher } from '../intent.js';
import { createSignals } from './create-signals.js';
import type { MatchData } from './data/load-match-data.js';
import { type Beliefs, beliefsOf, decide } from './decide.js';
import { type Evidence, evidenceOf } from './evidence.js';
import { analyzeKnowledge } from './knowledge.js';
import { type Ranking, rankScores, scoresOf } from './rank-entries.js';
import { createRuleOut } from './rule-out.js';
import { createSuggestChecks } from './suggest-checks.js';
import { topicOdds } from './topic-odds.js';
import type { Analysis } from './words/analyze.js';
import { buildAnalyzer } from './words/build-analyzer.js';

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

export interface ExplainingMatcher extends Matcher {
  explain(text: string, context?: MatchContext): MatchExplanation;
}

/** Builds the index; `match` is synchronous, never throws, and bounded for any input. */
export function createMatcher(intents: readonly Intent[], data: MatchData): ExplainingMatcher {
  const { vocabulary, weights } = data;
  const { analyze, ...parts } = buildAnalyzer(intents, data);
  const knowledge = analyzeKnowledge(intents, analyze);
  const signals = createSignals(knowledge, { analyze, ...parts });
  const topic = topicOdds(knowledge.words, data.foreignWords);
  const ruleOut = createRuleOut(knowledge, vocabulary.areas);
  const suggest = createSuggestChecks(vocabulary);

  const { symptoms, acts } = vocabulary;
  const happens = (concept: string): boolean => concept in symptoms || concept in acts;

  const score = rememberLast((text: string) => {
    const analysis = analyze(text);
    return { analysis, bySignal: scoresOf(signals, { analysis }) };
  });

  const judge = (text: string, context: MatchContext = {}) => {
    const { analysis, bySignal } = score(text);
    const ranking = rankScores(bySignal, weights.signals, ruleOut(analysis, context.plugin));
    const evidence = evidenceOf(analysis, ranking, topic);
    const beliefs = beliefsOf(evidence, weights);
    const own = decide(intents, ranking, {
      beliefs,
      thresholds: weights.thresholds,
      saysSomething: saysSomething(analysis, happens),
      foreignShare: evidence['foreign-share'] ?? 0,
    });
    return { match: withChecks(own, suggest(analysis)), analysis, evidence, beliefs, ranking };
  };
  const { subjects, qualifiers } = vocabulary;
  const isThing = (concept: string): boolean =>
    concept in subjects || concept in qualifiers || (concept in symptoms && concept !== GOES_ON);
  return {
    explain: (text, context) => {
      const { ranking, ...judged } = judge(text, context);
      return { ...judged, entries: explainEntries(intents, ranking, data) };
    },
    match: (text, context) => judge(text, context).match,
    isOfTheField: (text) => analyze(text).concepts.some(isThing),
  };
}

/** "Still" is said of anything. */
const GOES_ON = 'still';

/** One message is read several times: as of the cluster's plugin, and of any. */
function rememberLast<T>(read: (text: string) => T): (text: string) => T {
  let last: { readonly text: string; readonly read: T } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, read: read(text) };
    return last.read;
  };
}

/** Words enough to be a question, whatever was taken out of it. */
const ENOUGH = 6;

/** What is left without the texts that several components print alike must tell of something that happens, or is done. */
function saysSomething(
  { concepts, generic, sifted, stems }: Analysis,
  happens: (concept: string) => boolean,
): boolean {
  if (!sifted) return concepts.length > 0 || stems.length > 1;
  const own = concepts.filter((name) => !generic.includes(name));
  return stems.length > ENOUGH || own.some(happens) || generic.some((name) => !happens(name));
}

function withChecks(match: Match, suggestChecks: readonly string[]): Match {
  return match.kind === 'unplaced' && suggestChecks.length > 0 ? { ...match, suggestChecks } : match;
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
