import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { AcknetError } from '../../../errors.js';
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

async function readData<S extends z.ZodType>(file: string, schema: S): Promise<z.infer<S>> {
  const text = await readText(file);
  const parsed = schema.safeParse(parse(file, text));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(
    (issue) => `${issue.path.join('.') || '(top level)'}: ${issue.message}`,
  );
  throw new AcknetError('intent.invalid', `${file} has ${faults.length} fault(s):\n- ${faults.join('\n- ')}`);
}

function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new AcknetError('intent.invalid', `${file}: cannot be read (${cause.code})`, { cause });
  });
}

function parse(file: string, text: string): unknown {
  try {
    if (file.endsWith('.json')) return JSON.parse(text);
  } catch (cause) {
    throw new AcknetError('intent.invalid', `${file}: ${(cause as SyntaxError).message}`, { cause });
  }
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined)
    throw new AcknetError('intent.invalid', `${file}: ${error.message.split('\n')[0]}`);
  return document.toJS();
}
