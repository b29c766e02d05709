import { readFile, writeFile } from 'node:fs/promises';
import { FAQ_RUN, runsOf, shinglesOf, shortSentencesOf } from './shingles.js';

/** Fingerprints an evaluation file and the FAQ, so that tests can refuse texts copied from them without holding them. */
const [, , evaluation = '../shared/eval/questions.dev.jsonl', faq = '../shared/faq/ack-network-faq.txt'] =
  process.argv;

const questions = (await readFile(evaluation, 'utf8')).split('\n').filter(Boolean);
const fingerprints = questions.map((line) =>
  shinglesOf((JSON.parse(line) as { text: string }).text).join(' '),
);
await writeFile('test/intents/evaluation-fingerprints.txt', `${fingerprints.join('\n')}\n`);

const text = await readFile(faq, 'utf8');
/** Labels that lost the space behind them. */
const LABELS = /(?<=Important|Note)(?=[A-Z])/g;
const sentences = shortSentencesOf(text.replace(LABELS, '\n'));
const runs = [...new Set([...runsOf(text, FAQ_RUN), ...sentences])].sort((a, b) => a - b);
await writeFile('test/intents/faq-fingerprints.txt', `${runs.map((run) => run.toString(36)).join('\n')}\n`);
console.log(`${fingerprints.length} questions; ${runs.length} runs of ${FAQ_RUN} words and short sentences`);
