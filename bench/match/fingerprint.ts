import { readFile, writeFile } from 'node:fs/promises';
import { shinglesOf } from './shingles.js';

/** Fingerprints an evaluation file, so that a test can refuse phrasings copied from it without holding its texts. */
const [, , file = '../shared/eval/questions.dev.jsonl'] = process.argv;
const lines = (await readFile(file, 'utf8')).split('\n').filter(Boolean);
const fingerprints = lines.map((line) => shinglesOf((JSON.parse(line) as { text: string }).text).join(' '));
await writeFile('test/intents/evaluation-fingerprints.txt', `${fingerprints.join('\n')}\n`);
console.log(`${fingerprints.length} texts`);
