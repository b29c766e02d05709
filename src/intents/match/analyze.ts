import { cleanText } from './clean-text.js';
import type { Stem } from './create-stemmer.js';
import { functionWords } from './function-words.js';
import type { Lexicon } from './lexicon.js';
import type { PhraseTable } from './phrase-table.js';
import type { Split, Word } from './split-words.js';

/** One text as the signals see it. */
export interface Analysis {
  /** Corrected words in order. */
  readonly words: readonly string[];
  /** Distinct stems of the words that carry a topic, and of compounds such as `kube-proxy-worker`. */
  readonly stems: readonly string[];
  /** Distinct concepts of the vocabulary. */
  readonly concepts: readonly string[];
  /** Distinct pairs of neighbours, concepts standing for the words that name them. */
  readonly pairs: readonly string[];
  /** Letter groups of the words that carry a topic, with repetition. */
  readonly grams: readonly string[];
  /** Topic words that belong to other fields. */
  readonly foreign: readonly string[];
  /** Topic words that neither the knowledge base nor the vocabulary knows. */
  readonly unknown: readonly string[];
  readonly everything: string;
}

interface AnalyzerParts {
  readonly stem: Stem;
  readonly split: Split;
  readonly lexicon: Lexicon;
  readonly concepts: PhraseTable;
  readonly foreign: PhraseTable;
}

export type Analyze = (text: string) => Analysis;

export function createAnalyzer(parts: AnalyzerParts): Analyze {
  const gramsOf = rememberGrams();
  return (text) => {
    const { question, everything } = cleanText(text);
    const { words, joined } = correctedWords(parts.split(question), parts.lexicon);
    const stems = words.map(parts.stem);
    const hits = parts.concepts.find(stems);
    const topical = words.filter((word) => !functionWords.has(word));
    return {
      words,
      stems: distinct([...topical.map(parts.stem), ...joined]),
      concepts: distinct(hits.flatMap(({ names }) => names)),
      pairs: pairsOf(canonical(words, stems, hits)),
      grams: topical.flatMap(gramsOf),
      foreign: distinct(parts.foreign.find(stems).map(({ from, to }) => stems.slice(from, to).join(' '))),
      unknown: distinct(topical.filter((word) => !parts.lexicon.has(word))),
      everything,
    };
  };
}

function correctedWords(
  cut: readonly Word[],
  lexicon: Lexicon,
): { words: readonly string[]; joined: readonly string[] } {
  return {
    words: cut.map((word) => lexicon.correct(word.text) ?? word.text),
    joined: cut.flatMap((word) => (word.joined === undefined ? [] : [word.joined])),
  };
}

/** The words with each named phrase replaced by its concept, function words dropped. */
function canonical(
  words: readonly string[],
  stems: readonly string[],
  hits: ReturnType<PhraseTable['find']>,
): readonly string[] {
  const result: string[] = [];
  let at = 0;
  for (const hit of [...hits, { from: words.length, to: words.length, names: [] }]) {
    for (; at < hit.from; at++) if (!functionWords.has(words[at] ?? '')) result.push(stems[at] ?? '');
    if (hit.names[0] !== undefined) result.push(`:${hit.names[0]}`);
    at = hit.to;
  }
  return result;
}

/** Neighbours, and those with one word between them. */
function pairsOf(sequence: readonly string[]): readonly string[] {
  const pairs: string[] = [];
  for (let at = 0; at + 1 < sequence.length; at++) {
    pairs.push(`${sequence[at]} ${sequence[at + 1]}`);
    if (at + 2 < sequence.length) pairs.push(`${sequence[at]} ${sequence[at + 2]}`);
  }
  return distinct(pairs);
}

const REMEMBERED = 8000;

/** Groups of three and four letters of a word; most words come again. */
function rememberGrams(): (word: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    const grams = [...groupsOf(`_${word}_`, 3), ...groupsOf(`_${word}_`, 4)];
    if (known.size < REMEMBERED) known.set(word, grams);
    return grams;
  };
}

function groupsOf(framed: string, size: number): readonly string[] {
  return Array.from({ length: Math.max(0, framed.length - size + 1) }, (_, at) =>
    framed.slice(at, at + size),
  );
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
