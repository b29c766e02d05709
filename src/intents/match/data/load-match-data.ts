import path from 'node:path';
import { readData, readText } from '../../read-data.js';
import type { WordCounts } from '../topic-odds.js';
import { foreignWordsSchema, type MatchWeights, matchWeightsSchema } from './match-weights.js';
import { type Vocabulary, vocabularySchema } from './vocabulary.js';

/** What the matcher knows besides the entries. */
export interface MatchData {
  readonly vocabulary: Vocabulary;
  readonly weights: MatchWeights;
  readonly foreignWords: WordCounts;
  readonly commonWords: ReadonlySet<string>;
}

/** What weights are fitted with. */
export type UnweightedData = Pick<MatchData, 'vocabulary' | 'commonWords'>;

/** Reads `vocabulary.yaml`, `match-weights.json`, `foreign-words.json` and `common-words.txt` in the folder. */
export async function loadMatchData(folder: string): Promise<MatchData> {
  const [unweighted, weights, foreignWords] = await Promise.all([
    loadUnweightedData(folder),
    readData(path.join(folder, 'match-weights.json'), matchWeightsSchema),
    readData(path.join(folder, 'foreign-words.json'), foreignWordsSchema),
  ]);
  return { ...unweighted, weights, foreignWords };
}

export async function loadUnweightedData(folder: string): Promise<UnweightedData> {
  const [vocabulary, words] = await Promise.all([
    readData(path.join(folder, 'vocabulary.yaml'), vocabularySchema),
    readText(path.join(folder, 'common-words.txt')),
  ]);
  return { vocabulary, commonWords: new Set(words.split('\n').filter((line) => /^[a-z]+$/.test(line))) };
}
