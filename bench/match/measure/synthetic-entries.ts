import type { Intent } from '../../../src/intents/intent.js';
import { createRandom } from '../fit/vary-text.js';

const PHRASINGS = 8;

/** The real entries and made-up ones up to `count`; these mix English words with words of the field. */
export function growTo(
  count: number,
  intents: readonly Intent[],
  words: readonly string[],
): readonly Intent[] {
  const random = createRandom(count);
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? '';
  const field = intents.flatMap(({ keywords }) => keywords);
  const phrase = (topic: readonly string[]): string =>
    Array.from({ length: 8 }, () =>
      random() < 0.4 ? pick(topic) : random() < 0.15 ? pick(field) : pick(words),
    ).join(' ');
  const made = Array.from({ length: Math.max(0, count - intents.length) }, (_, at): Intent => {
    const topic = Array.from({ length: 6 }, () => pick(words));
    return {
      id: `made-up-${at}`,
      title: phrase(topic),
      summary: phrase(topic),
      area: 'cluster',
      ask: Array.from({ length: PHRASINGS }, () => phrase(topic)),
      keywords: topic,
      errors: [],
      checks: [],
      remediations: [],
      links: [],
      source: phrase(topic),
      sections: { Solution: phrase(topic) },
      passages: [],
      file: '',
    };
  });
  return [...intents.slice(0, count), ...made];
}
