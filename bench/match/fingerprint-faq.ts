import { readFile, writeFile } from 'node:fs/promises';
import { FAQ_RUN, runsOf } from './shingles.js';

/** Fingerprints the FAQ, so that a test can refuse sentences copied from it without holding its text. */
const [, , file = '../shared/faq/ack-network-faq.txt'] = process.argv;
const runs = [...runsOf(await readFile(file, 'utf8'), FAQ_RUN)].sort((a, b) => a - b);
await writeFile('test/intents/faq-fingerprints.txt', `${runs.map((run) => run.toString(36)).join('\n')}\n`);
console.log(`${runs.length} runs of ${FAQ_RUN} words`);
