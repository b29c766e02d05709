import { writeFile } from 'node:fs/promises';
import { createMatcher } from '../../src/intents/match/create-matcher.js';
import { loadUnweightedData } from '../../src/intents/match/data/load-match-data.js';
import { fitThreadsTo } from './fit/fit-threads-to.js';
import { fitWeights, scoreAll } from './fit/fit-weights.js';
import { openFit } from './fit/open-fit.js';

/** Fits the weights of matcher and threads; the same phrasings and conversations give the same weights. */
const input = await openFit();
const { weights, foreignWords, report } = fitWeights(input, scoreAll(input));
await writeJson('match-weights.json', weights);
await writeJson('foreign-words.json', foreignWords);
console.log(report);

const { intents } = input;
const matcher = createMatcher(intents, { ...(await loadUnweightedData('intents')), weights, foreignWords });
const threads = await fitThreadsTo(intents, matcher);
await writeJson('thread-weights.json', threads);
console.log(`threads: stays from ${threads.thresholds.stays}, leaves below ${threads.thresholds.leaves}`);

function writeJson(file: string, value: object): Promise<void> {
  return writeFile(`intents/${file}`, `${JSON.stringify(value, undefined, 1)}\n`);
}
