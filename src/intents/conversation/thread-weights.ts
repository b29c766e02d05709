import path from 'node:path';
import { z } from 'zod';
import { linearSchema } from '../match/data/match-weights.js';
import { readData } from '../read-data.js';

const threadWeightsSchema = z.strictObject({
  /** Whether a message goes on about the entry under discussion, by the evidence. */
  stays: linearSchema,
  thresholds: z.strictObject({
    /** From here on it does. */
    stays: z.number(),
    /** Below, it is about something else; between the two acknet asks. */
    leaves: z.number(),
  }),
});

/** `intents/thread-weights.json`, written by `npm run fit:match`; never edited by hand. */
export type ThreadWeights = z.infer<typeof threadWeightsSchema>;

export function loadThreadWeights(folder: string): Promise<ThreadWeights> {
  return readData(path.join(folder, 'thread-weights.json'), threadWeightsSchema);
}
