import { writeFile } from 'node:fs/promises';
import { createMatcher } from '../../src/intents/match/create-matcher.js';
import { loadUnweightedData } from '../../src/intents/match/data/load-match-data.js';
import { fitThreads } from './fit/fit-threads.js';
import { fitWeights, scoreAll } from './fit/fit-weights.js';
import { openFit } from './fit/open-fit.js';
import { openConversations } from './open-conversations.js';
import { readSet } from './sets/read-set.js';

/** Fits the weights of matcher and threads; the same phrasings and conversations give the same weights. */
const input = await openFit();
const { weights, foreignWords, report } = fitWeights(input, scoreAll(input));
await writeJson('match-weights.json', weights);
await writeJson('foreign-words.json', foreignWords);
console.log(report);

const { intents } = input;
const matcher = createMatcher(intents, { ...(await loadUnweightedData('intents')), weights, foreignWords });
const unfitted = { stays: { bias: 0, weights: {} }, thresholds: { stays: 1, leaves: 0 } };
const { evidence, names } = await openConversations({ intents, matcher, weights: unfitted });
const [{ conversations }, written, terse] = await Promise.all([
  readSet('bench/match/sets/conversations.jsonl', names),
  readSet('bench/match/sets/held-out.jsonl', names),
  readSet('bench/match/sets/held-out-terse.jsonl', names),
]);
const threads = fitThreads({
  ...{ conversations, matcher, evidence, entries: intents.map(({ id }) => id) },
  questions: [...written.questions, ...terse.questions],
});
await writeJson('thread-weights.json', threads);
console.log(`threads: stays from ${threads.thresholds.stays}, leaves below ${threads.thresholds.leaves}`);

function writeJson(file: string, value: object): Promise<void> {
  return writeFile(`intents/${file}`, `${JSON.stringify(value, undefined, 1)}\n`);
}
