import Fuse from 'fuse.js';
import type { Knowledge } from '../../../src/intents/match/knowledge.js';
import { Lexicon } from '../../../src/intents/match/words/lexicon.js';
import { createRandom, withSlips } from '../fit/vary-text.js';

/** How well slips of the keyboard are mended, one way or the other. */
export interface CorrectionFigures {
  readonly name: string;
  /** The share of slips that are read as the word that was meant. */
  readonly right: number;
  readonly msPerWord: number;
  readonly asked: number;
}

const SEED = 4711;
const ASKED = 400;

/** The words of the phrasings, each with a slip: mended by counting slips, and by looking them up with Fuse. */
export function measureCorrections({ phrasings }: Knowledge): readonly CorrectionFigures[] {
  const words = [...new Set(phrasings.flatMap(({ analysis }) => analysis.words))].filter((word) =>
    /^[a-z]{4,24}$/.test(word),
  );
  const random = createRandom(SEED);
  const known = new Set(words);
  const slips = words
    .map((word) => ({ word, slip: withSlips(word, random) }))
    .filter(({ slip }) => !known.has(slip))
    .slice(0, ASKED);
  const lexicon = new Lexicon(new Set());
  for (const { analysis } of phrasings) for (const word of analysis.words) lexicon.add(word, 1);
  const fuse = new Fuse(
    words.map((name) => ({ name })),
    { keys: ['name'], threshold: 0.34, distance: 10 },
  );
  const ways: Readonly<Record<string, (slip: string) => string | undefined>> = {
    'slips counted, fastest-levenshtein': (slip) => lexicon.correct(slip),
    'looked up with Fuse': (slip) => fuse.search(slip, { limit: 1 })[0]?.item.name,
  };
  return Object.entries(ways).map(([name, correct]) => {
    const before = performance.now();
    const right = slips.filter(({ word, slip }) => correct(slip) === word).length;
    const msPerWord = (performance.now() - before) / slips.length;
    return { name, right: right / slips.length, msPerWord, asked: slips.length };
  });
}
