import { writeFile } from 'node:fs/promises';
import { fitWeights } from './fit-weights.js';
import { openFit } from './open-fit.js';

/** Fits the weights of the matcher; the same phrasings give the same weights. */
const { weights, report } = fitWeights(await openFit());
await writeFile('intents/match-weights.json', `${JSON.stringify(weights, undefined, 1)}\n`);
console.log(report);
