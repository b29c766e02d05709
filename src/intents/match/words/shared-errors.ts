import type { Intent } from '../../intent.js';
import type { Vocabulary } from '../data/vocabulary.js';
import { NOTHING } from './generic-texts.js';

/** Error texts that several entries have: which of these it is, the other words decide. */
export function sharedErrors(intents: readonly Intent[]): readonly string[] {
  const owners = new Map<string, number>();
  for (const text of intents.flatMap(({ errors }) => [...new Set(errors)]))
    owners.set(text, (owners.get(text) ?? 0) + 1);
  return [...owners].filter(([, count]) => count > 1).map(([text]) => text);
}

/** The generic texts, and those under the concepts that they stand for. */
export function withShared(
  generic: Vocabulary['generic'],
  shared: readonly string[],
  conceptsIn: (text: string) => readonly string[],
): Vocabulary['generic'] {
  const all = { ...generic };
  for (const text of shared) {
    const names = [...new Set(conceptsIn(text))].join(' ') || NOTHING;
    all[names] = [...(all[names] ?? []), text];
  }
  return all;
}
