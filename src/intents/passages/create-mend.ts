import { Lexicon } from '../match/words/lexicon.js';
import { splitWords } from '../match/words/split-words.js';
import type { CueWords } from './cue-words.js';
import type { PassageKinds } from './passage-kinds.js';

interface MendParts {
  readonly kinds: PassageKinds;
  readonly cueWords: CueWords;
  readonly commonWords: ReadonlySet<string>;
}

/** Mends slips in the words that ask: "waht", "restrat". */
export function createMend({ kinds, cueWords, commonWords }: MendParts): (word: string) => string {
  const lexicon = new Lexicon(commonWords);
  const texts = [...Object.values(kinds).flatMap(({ ask }) => ask), ...Object.values(cueWords).flat()];
  for (const text of texts) for (const word of splitWords(text)) lexicon.add(word.text, 1);
  return (word) => lexicon.correct(word) ?? word;
}
