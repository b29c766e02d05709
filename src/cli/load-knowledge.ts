import path from 'node:path';
import type { Intent } from '../intents/intent.js';
import { loadIntents } from '../intents/load-intents.js';
import { createMatcher, type ExplainingMatcher } from '../intents/match/create-matcher.js';
import { loadMatchData } from '../intents/match/load-match-data.js';
import { loadPassageKinds, type PassageKinds } from '../intents/passages/passage-kinds.js';

export interface LoadedKnowledge {
  readonly intents: readonly Intent[];
  readonly matcher: ExplainingMatcher;
  readonly passageKinds: PassageKinds;
}

/** The entries under `<root>/intents` and the matcher built from them. */
export async function loadKnowledge(root: string): Promise<LoadedKnowledge> {
  const folder = path.join(root, 'intents');
  const [intents, data, passageKinds] = await Promise.all([
    loadIntents(folder),
    loadMatchData(folder),
    loadPassageKinds(folder),
  ]);
  return { intents, matcher: createMatcher(intents, data), passageKinds };
}
