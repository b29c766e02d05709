import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Intent } from '../../../src/intents/intent.js';
import { loadIntents } from '../../../src/intents/load-intents.js';
import { createSignals } from '../../../src/intents/match/create-signals.js';
import { loadUnweightedData } from '../../../src/intents/match/data/load-match-data.js';
import { analyzeKnowledge } from '../../../src/intents/match/knowledge.js';
import { createRuleOut } from '../../../src/intents/match/rule-out.js';
import { buildAnalyzer } from '../../../src/intents/match/words/build-analyzer.js';
import type { FitInput } from './samples.js';

/** The knowledge base and the messages that weights are fitted from. */
export async function openFit(): Promise<FitInput & { readonly intents: readonly Intent[] }> {
  const folder = path.resolve('intents');
  const [intents, data] = await Promise.all([loadIntents(folder), loadUnweightedData(folder)]);
  const { analyze, ...parts } = buildAnalyzer(intents, data);
  const knowledge = analyzeKnowledge(intents, analyze);
  const signals = createSignals(knowledge, { analyze, ...parts });
  const ruleOut = createRuleOut(knowledge, data.vocabulary.areas);
  const [others, errors, things] = await Promise.all([
    linesOf('out-of-scope.txt'),
    linesOf('foreign-errors.txt'),
    linesOf('foreign-things.txt'),
  ]);
  return { intents, knowledge, signals, ruleOut, analyze, lexicon: parts.lexicon, others, errors, things };
}

async function linesOf(file: string): Promise<string[]> {
  return (await readFile(path.join('bench/match/sets', file), 'utf8')).split('\n').filter(Boolean);
}
