import { Lexicon } from '../match/words/lexicon.js';
import { splitWords } from '../match/words/split-words.js';

/** Mends slips of the words in `texts`: "waht", "restrat". */
export function createMend(
  texts: readonly string[],
  commonWords: ReadonlySet<string>,
): (word: string) => string {
  const lexicon = new Lexicon(commonWords);
  for (const text of texts) for (const word of splitWords(text)) lexicon.add(word.text, 1);
  return (word) => lexicon.correct(word) ?? word;
}
