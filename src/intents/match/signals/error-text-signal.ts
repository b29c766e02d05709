import type { Knowledge, Signal } from '../knowledge.js';
import type { Sift } from '../words/generic-texts.js';

/** A literal error text: fragments that must follow one another, cut at `…`. */
interface ErrorText {
  readonly entry: number;
  readonly fragments: readonly string[];
  readonly letters: number;
}

/** Letters that must be left of an error text without what components print alike. */
const SHORTEST = 6;

/**
 * Error texts and log lines, word for word, anywhere in a paste. Those that components print alike tell nothing; one that
 * stands among these word for word and in an entry too says whose it is, only its words say nothing: a key of a file.
 */
export function errorTextSignal({ intents }: Knowledge, sift: Sift, alike: ReadonlySet<string>): Signal {
  const isTelling = (text: string): boolean =>
    alike.has(text) || normalised(sift(text).text).length >= SHORTEST;
  const errors = intents.flatMap((intent, entry) =>
    intent.errors.filter(isTelling).map((text) => errorText(entry, text)),
  );
  return {
    name: 'error-text',
    score: ({ analysis }) => {
      const text = ` ${normalised(analysis.everything)} `;
      const result = new Float64Array(intents.length);
      for (const { entry, fragments, letters } of errors) {
        if (contains(text, fragments)) result[entry] = Math.max(result[entry] ?? 0, weightOf(letters));
      }
      return result;
    },
  };
}

/** Entries whose longest found text is much shorter than the longest of all get less. */
const weightOf = (letters: number): number => Math.min(1, 0.4 + letters / 50);

function errorText(entry: number, text: string): ErrorText {
  const fragments = text.split('…').map(normalised).filter(Boolean);
  return { entry, fragments, letters: fragments.join('').length };
}

/** Letters, digits and single spaces; quotes, punctuation and line breaks differ between where a message is copied from. */
function normalised(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function contains(text: string, fragments: readonly string[]): boolean {
  let from = 0;
  for (const fragment of fragments) {
    const at = text.indexOf(fragment, from);
    if (at === -1) return false;
    from = at + fragment.length;
  }
  return fragments.length > 0;
}
