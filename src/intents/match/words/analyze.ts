import { cleanText } from './clean-text.js';
import type { Stem } from './create-stemmer.js';
import { functionWords } from './function-words.js';
import type { Sift, SiftedText } from './generic-texts.js';
import type { Lexicon } from './lexicon.js';
import type { FindMangled } from './mangled-names.js';
import type { PhraseTable } from './phrase-table.js';
import type { Split } from './split-words.js';
import type { Translate } from './translate.js';

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
  /** Stems and `:concept`s that tell our topics from others; names of others are left to the rule about them. */
  readonly topic: readonly string[];
  /** Concepts that stand only in texts which several components print alike. */
  readonly generic: readonly string[];
  /** Whether such texts were taken out. */
  readonly sifted: boolean;
  /** Plugins and clouds that are named. */
  readonly named: Named;
  /** Topic words that belong to other fields. */
  readonly foreign: readonly string[];
  /** Topic words that neither the knowledge base nor the vocabulary knows. */
  readonly unknown: readonly string[];
  readonly everything: string;
}

interface Named {
  readonly ours: readonly string[];
  readonly others: readonly string[];
}

interface AnalyzerParts {
  readonly stem: Stem;
  readonly split: Split;
  readonly lexicon: Lexicon;
  readonly concepts: PhraseTable;
  readonly foreign: PhraseTable;
  /** Plugins and clouds, and which of them are not ours. */
  readonly named: { readonly table: PhraseTable; readonly others: ReadonlySet<string> };
  readonly sift: Sift;
  readonly findMangled: FindMangled;
  readonly translate: Translate;
}

export type Analyze = (text: string) => Analysis;

export function createAnalyzer(parts: AnalyzerParts): Analyze {
  const gramsOf = rememberGrams();
  return (text) => {
    const { asked: written, pasted, places, everything } = cleanText(text);
    const asked = parts.translate(written);
    const sifted = [asked, pasted].map(parts.sift);
    const { words, joined, mangled } = readWords(sifted, parts);
    const stems = words.map(parts.stem);
    const hits = parts.concepts.find(stems);
    const topical = words.filter((word) => !functionWords.has(word));
    const concepts = distinct([...hits.flatMap(({ names }) => names), ...mangled.values()]);
    const generic = sifted.flatMap((part) => part.concepts).filter((name) => !concepts.includes(name));
    const named = readNames([asked, pasted, places].join('\n'), parts);
    const own = distinct([...topical.map(parts.stem), ...joined]);
    const all = distinct([...concepts, ...generic]);
    return {
      words,
      stems: own,
      concepts: all,
      topic: [
        ...own.filter((one) => !named.strange.has(one)),
        ...all.filter((name) => !named.others.includes(name)).map((name) => `:${name}`),
      ],
      pairs: pairsOf(canonical(words, stems, hits)),
      grams: topical.flatMap(gramsOf),
      generic: distinct(generic),
      sifted: sifted.some((part) => part.sifted),
      named: { ours: named.ours, others: named.others },
      foreign: distinct(parts.foreign.find(stems).map(({ from, to }) => stems.slice(from, to).join(' '))),
      unknown: distinct(topical.filter((word) => !parts.lexicon.has(word) && !mangled.has(word))),
      everything,
    };
  };
}

interface ReadWords {
  readonly words: readonly string[];
  readonly joined: readonly string[];
  /** Words that correction left, with the concept whose name they mangle. */
  readonly mangled: ReadonlyMap<string, string>;
}

/** A look-up costs a third of a millisecond; more words than this are no longer slips. */
const MOST_MANGLED = 2;

/** Slips are mended in what is asked; logs, code and keys are what they are. */
function readWords(
  [asked, pasted]: readonly SiftedText[],
  { split, lexicon, findMangled }: AnalyzerParts,
): ReadWords {
  const own = split(asked?.text ?? '');
  const quoted = split(pasted?.text ?? '');
  const mended = own.map(({ text, code }) => (code === true ? undefined : lexicon.correct(text)) ?? text);
  const strange = distinct(mended.filter((word) => !lexicon.has(word) && !lexicon.isCommon(word)));
  const mangled = strange.slice(0, MOST_MANGLED).flatMap((word): [string, string][] => {
    const concept = findMangled(word);
    return concept === undefined ? [] : [[word, concept]];
  });
  return {
    words: [...mended, ...quoted.map(({ text }) => text)],
    joined: [...own, ...quoted].flatMap(({ joined }) => (joined === undefined ? [] : [joined])),
    mangled: new Map(mangled),
  };
}

/** Read before generic texts are taken out: those name the plugin that failed. */
function readNames(text: string, { split, stem, lexicon, named }: AnalyzerParts): ReadNames {
  const stems = split(text).map(({ text }) => stem(lexicon.correct(text) ?? text));
  const hits = named.table.find(stems);
  const isOther = (name: string): boolean => named.others.has(name);
  const names = distinct(hits.flatMap((hit) => hit.names));
  const strange = hits
    .filter((hit) => hit.names.some(isOther))
    .flatMap(({ from, to }) => stems.slice(from, to));
  return {
    ours: names.filter((name) => !isOther(name)),
    others: names.filter(isOther),
    strange: new Set(strange),
  };
}

interface ReadNames extends Named {
  /** The stems of the others' names. */
  readonly strange: ReadonlySet<string>;
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
