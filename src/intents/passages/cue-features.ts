import type { Stem } from '../match/words/create-stemmer.js';
import { PhraseTable } from '../match/words/phrase-table.js';
import type { CueWords } from './cue-words.js';

const TOKEN = /v?\d+(?:\.[\dx]+)+|\d+|[a-z]+|\p{Script=Han}|[\p{L}\p{M}]+/gu;
const HAN = /\p{Script=Han}/u;
const CLAUSE_END = /[,;:!?。，？！；、\n]+|\.(?=\s|$)|\s[-–—]+\s/;
const LONGEST = 400;
const LONGEST_RUN = 3;

/** Stand-ins for what differs from one question to the next. */
const VERSION = '<version>';
const NUMBER = '<number>';
const BEGIN = '<';
const END = '>';

/** The words of each clause of a text, stemmed; of scripts without spaces each letter is one. Bounded. */
export function clausesOf(text: string, stem: Stem): readonly (readonly string[])[] {
  return spelledOut(text.slice(0, LONGEST))
    .split(CLAUSE_END)
    .map((clause) => (clause.match(TOKEN) ?? []).map((word) => tokenOf(word, stem)))
    .filter((tokens) => tokens.length > 0);
}

/** What a question's wording consists of: each once. */
export type CueFeatures = (text: string) => readonly string[];

interface CueReading {
  readonly stem: Stem;
  /** Words that ask for the same, by the name of their class. */
  readonly cueWords: CueWords;
  /** What a word is meant to be, where it is a slip. */
  readonly mend: (word: string) => string;
}

/**
 * Its words, and pairs and triples of neighbours within a clause, as they stand and with the class in the place of words
 * that ask for the same. Function words count as well: "where is it" and "what is it" ask for different things.
 */
export function createCueFeatures({ stem, cueWords, mend }: CueReading): CueFeatures {
  const classes = new PhraseTable();
  for (const [name, phrases] of Object.entries(cueWords))
    for (const phrase of phrases) classes.add(clausesOf(phrase, stem).flat(), `<${name}>`);
  return (text) => {
    const clauses = clausesOf(text, (word) => stem(mend(word)));
    return [
      ...new Set(clauses.flatMap((tokens) => [...runsOf(tokens), ...runsOf(classified(tokens, classes))])),
    ];
  };
}

/** The tokens with the name of their class for those that have one. */
function classified(tokens: readonly string[], classes: PhraseTable): readonly string[] {
  const hits = classes.find(tokens);
  return tokens.flatMap((token, at) => {
    const hit = hits.find(({ from, to }) => at >= from && at < to);
    if (hit === undefined) return [token];
    return hit.from === at ? [hit.names[0] ?? token] : [];
  });
}

function spelledOut(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\u2018\u2019`]/g, "'")
    .replace(/\bwon't\b/g, 'will not')
    .replace(/\b(?:can't|cannot)\b/g, 'can not')
    .replace(/n't\b/g, ' not')
    .replace(/\bu\b/g, 'you')
    .replace(/\br you\b/g, 'are you')
    .replace(/\bur\b/g, 'your')
    .replace(/\b(what|where|how|why|who|that|it|there)'s\b/g, '$1 is')
    .replace(/'(?:s|re|ve|ll|d|m)\b/g, '');
}

function tokenOf(word: string, stem: Stem): string {
  if (/^\d+$/.test(word)) return NUMBER;
  if (/\d/.test(word)) return VERSION;
  return HAN.test(word) ? word : stem(word);
}

function runsOf(tokens: readonly string[]): readonly string[] {
  const framed = [BEGIN, ...tokens, END];
  return framed.flatMap((_, from) =>
    Array.from({ length: Math.min(LONGEST_RUN, framed.length - from) }, (_none, more) =>
      framed.slice(from, from + more + 1),
    )
      .filter(saysSomething)
      .map((run) => run.join(' ')),
  );
}

/** Neither a bare end of a clause nor a single Han letter, which says little. */
function saysSomething(run: readonly string[]): boolean {
  const [only = ''] = run;
  return run.length > 1 || (only !== BEGIN && only !== END && !HAN.test(only));
}
