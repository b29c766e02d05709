import Fuse from 'fuse.js';

/**
 * The share of a word's letters that may be wrong. Real slips stay below it, words of another kind ("please", "kubectl") above;
 * `test/nearest-name.test.ts` holds both.
 */
const THRESHOLD = 0.35;
/** What a hit counts less for each hundred letters it stands inside a name. */
const DISTANCE = 100;
/** Shorter words are part of every other name. */
const SHORTEST = 3;
const LONGEST = 64;

/** The known name that was meant, for "did you mean"; undefined where none is close enough to be a slip of it. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const wanted = name.slice(0, LONGEST).toLowerCase();
  const swaps = swapsOf(wanted);
  const swapped = known.find((candidate) => swaps.has(candidate.toLowerCase()));
  if (swapped !== undefined || wanted.length < SHORTEST) return swapped;
  const fuse = new Fuse(known, { threshold: THRESHOLD, distance: DISTANCE, includeScore: true });
  const spare = (candidate: string): number => Math.abs(candidate.length - wanted.length);
  const [best] = fuse
    .search(wanted)
    .sort((a, b) => (a.score ?? 1) - (b.score ?? 1) || spare(a.item) - spare(b.item));
  return best?.item;
}

/** Every spelling with two neighbours swapped: the commonest slip, of which Fuse sees two wrong letters. */
function swapsOf(word: string): ReadonlySet<string> {
  const swap = (at: number): string =>
    `${word.slice(0, at)}${word.charAt(at + 1)}${word.charAt(at)}${word.slice(at + 2)}`;
  return new Set(Array.from({ length: Math.max(0, word.length - 1) }, (_, at) => swap(at)));
}
