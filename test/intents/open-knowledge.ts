import path from 'node:path';
import type { KnownNames } from '../../src/intents/evaluation/read-questions.js';
import type { Intent } from '../../src/intents/intent.js';
import { loadIntents } from '../../src/intents/load-intents.js';
import { createMatcher, type ExplainingMatcher } from '../../src/intents/match/create-matcher.js';
import { loadMatchData, type MatchData } from '../../src/intents/match/data/load-match-data.js';
import { loadPassageKinds } from '../../src/intents/passages/passage-kinds.js';

export interface OpenKnowledge {
  readonly intents: readonly Intent[];
  readonly data: MatchData;
  readonly matcher: ExplainingMatcher;
  /** What the labels of an evaluation file may name. */
  readonly names: KnownNames;
}

/** The knowledge base as shipped. */
export async function openKnowledge(): Promise<OpenKnowledge> {
  const folder = path.resolve('intents');
  const [intents, data, kinds] = await Promise.all([
    loadIntents(folder),
    loadMatchData(folder),
    loadPassageKinds(folder),
  ]);
  const names = {
    intents: new Set(intents.map(({ id }) => id)),
    passages: new Set(Object.keys(kinds)),
  };
  return { intents, data, matcher: createMatcher(intents, data), names };
}
