import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { loadIntents } from '../../src/intents/load-intents.js';
import { buildAnalyzer } from '../../src/intents/match/build-analyzer.js';
import { createSignals } from '../../src/intents/match/create-signals.js';
import { analyzeKnowledge } from '../../src/intents/match/knowledge.js';
import { loadUnweightedData } from '../../src/intents/match/load-match-data.js';
import { fitWeights } from './fit-weights.js';

const folder = path.resolve('intents');
const intents = await loadIntents(folder);
const data = await loadUnweightedData(folder);
const { vocabulary } = data;
const { analyze, stem, lexicon } = buildAnalyzer(intents, data);
const knowledge = analyzeKnowledge(intents, analyze);
const signals = createSignals(knowledge, { analyze, stem, lexicon, vocabulary });
const linesOf = async (file: string): Promise<string[]> =>
  (await readFile(path.join('bench/match', file), 'utf8')).split('\n').filter(Boolean);
const [others, things] = await Promise.all([linesOf('out-of-scope.txt'), linesOf('foreign-things.txt')]);

const { weights, report } = fitWeights({ knowledge, signals, analyze, lexicon, others, things });
await writeFile(path.join(folder, 'match-weights.json'), `${JSON.stringify(weights, undefined, 1)}\n`);
console.log(report);
