import type { Stem } from '../match/words/create-stemmer.js';

const TOKEN = /v?\d+(?:\.[\dx]+)+|\d+|[a-z]+|\p{Script=Han}/gu;
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

/**
 * What a question's wording consists of: its words, and pairs and triples of neighbours within a clause. Function words
 * count as well: "where is it" and "what is it" ask for different things.
 */
export function cueFeatures(text: string, stem: Stem): readonly string[] {
  return [...new Set(clausesOf(text, stem).flatMap(runsOf))];
}

function spelledOut(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\u2018\u2019`]/g, "'")
    .replace(/\bwon't\b/g, 'will not')
    .replace(/\b(?:can't|cannot)\b/g, 'can not')
    .replace(/n't\b/g, ' not')
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
