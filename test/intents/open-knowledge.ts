import path from 'node:path';
import type { Intent } from '../../src/intents/intent.js';
import { loadIntents } from '../../src/intents/load-intents.js';
import { createMatcher, type ExplainingMatcher } from '../../src/intents/match/create-matcher.js';
import { loadMatchData, type MatchData } from '../../src/intents/match/load-match-data.js';

export interface OpenKnowledge {
  readonly intents: readonly Intent[];
  readonly data: MatchData;
  readonly matcher: ExplainingMatcher;
}

/** The knowledge base as shipped. */
export async function openKnowledge(): Promise<OpenKnowledge> {
  const folder = path.resolve('intents');
  const [intents, data] = await Promise.all([loadIntents(folder), loadMatchData(folder)]);
  return { intents, data, matcher: createMatcher(intents, data) };
}
