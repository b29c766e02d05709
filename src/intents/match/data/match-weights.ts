import { z } from 'zod';

/** Bias and weights by name of evidence. */
export const linearSchema = z.strictObject({ bias: z.number(), weights: z.record(z.string(), z.number()) });

/** `intents/match-weights.json`, written by `npm run fit:match`; never edited by hand. */
export const matchWeightsSchema = z.strictObject({
  /** What a signal's score counts, by signal. */
  signals: z.record(z.string(), z.number()),
  /** Whether the best entry is the right one. */
  right: linearSchema,
  /** Whether the message is about anything the knowledge base knows. */
  ours: linearSchema,
  thresholds: z.strictObject({ sure: z.number(), torn: z.number() }),
});

/** `intents/foreign-words.json`, written with the weights: in how many messages on other topics a stem or `:concept` stands. */
export const foreignWordsSchema = z.strictObject({
  texts: z.number(),
  counts: z.record(z.string(), z.number()),
});

export type MatchWeights = z.infer<typeof matchWeightsSchema>;
export type Linear = z.infer<typeof linearSchema>;
