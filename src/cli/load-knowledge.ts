import path from 'node:path';
import type { AppPorts } from '../app.js';
import { loadIntents } from '../intents/load-intents.js';
import { createMatcher } from '../intents/match/create-matcher.js';
import { loadMatchData } from '../intents/match/load-match-data.js';

/** The entries under `<root>/intents` and the matcher built from them. */
export async function loadKnowledge(root: string): Promise<AppPorts['knowledge']> {
  const folder = path.join(root, 'intents');
  const [intents, data] = await Promise.all([loadIntents(folder), loadMatchData(folder)]);
  return { intents, matcher: createMatcher(intents, data) };
}
