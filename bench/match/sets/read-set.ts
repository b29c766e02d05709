import { readFile } from 'node:fs/promises';
import {
  type KnownNames,
  type ReadQuestions,
  readQuestions,
} from '../../../src/intents/evaluation/read-questions.js';

/** An evaluation file; one with faults is refused. */
export async function readSet(file: string, names: KnownNames): Promise<ReadQuestions> {
  const read = readQuestions(await readFile(file, 'utf8'), names);
  if (read.faults.length > 0) throw new Error(`${file}: ${read.faults.join('\n')}`);
  return read;
}
