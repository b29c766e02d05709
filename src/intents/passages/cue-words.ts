import path from 'node:path';
import { z } from 'zod';
import { readData } from '../read-data.js';

const cueWordsSchema = z.record(
  z.string().regex(/^[a-z]+(-[a-z]+)*$/),
  z.array(z.coerce.string().trim().min(1)).min(2),
);

/** `intents/cue-words.yaml`: words that ask for the same, by the name of their class. */
export type CueWords = Readonly<Record<string, readonly string[]>>;

export function loadCueWords(folder: string): Promise<CueWords> {
  return readData(path.join(folder, 'cue-words.yaml'), cueWordsSchema);
}
