import { writeFile } from 'node:fs/promises';
import { fitWeights, scoreAll } from './fit/fit-weights.js';
import { openFit } from './fit/open-fit.js';

/** Fits the weights of the matcher; the same phrasings give the same weights. */
const input = await openFit();
const { weights, foreignWords, report } = fitWeights(input, scoreAll(input));
await writeFile('intents/match-weights.json', `${JSON.stringify(weights, undefined, 1)}\n`);
await writeFile('intents/foreign-words.json', `${JSON.stringify(foreignWords, undefined, 1)}\n`);
console.log(report);
