import type { Stem } from '../match/words/create-stemmer.js';
import { PhraseTable } from '../match/words/phrase-table.js';
import { createMend } from '../passages/create-mend.js';
import { clausesOf } from '../passages/cue-features.js';
import { type TalkData, type TalkKind, talkKinds } from './talk-data.js';

export interface TalkReader {
  /** What kind of ordinary talk a message is; undefined = it asks or tells something, in a thread of its `entry`. */
  read(text: string, entry?: string): TalkKind | undefined;
  /** "Still the same", "did that, no change": said where an answer went before. */
  isStillBroken(text: string): boolean;
  /** By a question mark, or a word that asks. */
  asks(text: string): boolean;
  /** "Another thing: …" */
  beginsAnew(text: string): boolean;
  /** Begins with a word that joins it to what was said: "and …", "ok, …". */
  joins(text: string): boolean;
  /** Names what was said by a word that stands for it: "is it …", "the new value". */
  refersBack(text: string): boolean;
}

/** The most words that may stand beside thanks, a nod or a greeting. */
const MOST_AROUND = 4;
const soft: ReadonlySet<TalkKind> = new Set<TalkKind>(['thanks', 'nod', 'greeting', 'never-mind']);
/** "Fixed it" and "running it" tell; "fix it" and "run it" bid. */
const TOLD = /(?:ed|ing)$/;
/** A letter that differs makes another word of a shorter one. */
const SHORTEST_SLIP = 4;
const EMOJI_CODE = /:[a-z0-9_+'-]+:/gi;

interface TalkParts {
  readonly data: TalkData;
  readonly stem: Stem;
  /** English words that are what they say. */
  readonly commonWords: ReadonlySet<string>;
  /** Whether a text names something that questions are about. */
  readonly isOfTheField: (text: string) => boolean;
  /** Whether an entry may be about a text. */
  readonly isPlaced: (text: string) => boolean;
}

export function createTalkReader({ data, stem, commonWords, isOfTheField, isPlaced }: TalkParts): TalkReader {
  const { talk: kinds, ...others } = data;
  const mend = createMend([...Object.values(kinds), ...Object.values(others)].flat(), commonWords);
  const clausesIn = (text: string) =>
    clausesOf(text.replace(EMOJI_CODE, ' '), (word) => {
      const meant = word.length < SHORTEST_SLIP ? word : mend(word);
      return TOLD.test(meant) ? meant : stem(meant);
    });
  const wordsOf = (text: string): readonly string[] => clausesIn(text).flat();
  const tableOf = (named: Readonly<Record<string, readonly string[]>>): PhraseTable => {
    const table = new PhraseTable();
    for (const [name, phrases] of Object.entries(named))
      for (const phrase of phrases) table.add(wordsOf(phrase), name);
    return table;
  };
  const talk = tableOf({ ...data.talk, filler: data.fillers });
  const signs = tableOf({
    asks: data.asking,
    broken: data['still-broken'],
    anew: data.elsewhere,
    back: data['refers-back'],
  });
  const news = tableOf({ well: data.well });
  const begins = tableOf({ asks: data['asking-first'], filler: OPENERS });
  const openers = new Set(OPENERS.flatMap(wordsOf));
  const alone = tableOf({ broken: data['still-broken-alone'], filler: data.fillers });
  const entries = tableOf({ entry: data['of-an-entry'], filler: data.fillers });
  const says = (words: readonly string[], name: string): boolean =>
    signs.find(words).some(({ names }) => names.includes(name));
  const asks = (text: string): boolean =>
    /[?？]/.test(text) ||
    says(wordsOf(text), 'asks') ||
    clausesIn(text).some((clause) => beginsWith(begins, clause, 'asks'));
  const saysBroken = (text: string): boolean =>
    says(wordsOf(text), 'broken') || clausesIn(text).some((clause) => consistsOf(alone, clause, 'broken'));

  /** Talk that stands beside a few words which ask and complain of nothing. */
  const beside = (text: string, hits: Hits): TalkKind | undefined => {
    const words = wordsOf(text);
    const edges = hits.filter(({ from, to }) => from === 0 || to === words.length);
    const polite = talkKinds.find(
      (one) =>
        soft.has(one) &&
        (one === 'nod' ? nodsIn(talk, clausesIn(text)) : edges.some(({ names }) => names.includes(one))),
    );
    // Whoever greets and says what is wrong wants an answer to that; "since this morning" greets nobody.
    if (polite === 'greeting' && isOfTheField(text)) return undefined;
    if (asks(text) || saysBroken(text)) return undefined;
    if (news.find(words).length > 0) return polite;
    const written = clausesOf(text.replace(EMOJI_CODE, ' '), (word) => word).flat();
    return isPlaced(betweenEdges(written, hits)) ? undefined : polite;
  };

  return {
    read: (text, entry) => {
      const words = wordsOf(text);
      if (entry !== undefined && consistsOf(entries, words, 'entry')) return undefined;
      if (words.length === 0) return text.trim() === '' || /[?？]/.test(text) ? 'help' : 'nod';
      const hits = talk.find(words);
      const kind = talkKinds.find((one) => hits.some(({ names }) => names.includes(one)));
      if (kind === undefined) return undefined;
      const covered = hits.reduce((sum, { from, to }) => sum + to - from, 0);
      if (covered === words.length) return kind;
      return words.length - covered > MOST_AROUND ? undefined : beside(text, hits);
    },
    isStillBroken: (text) => !asks(text) && saysBroken(text),
    asks,
    beginsAnew: (text) => says(wordsOf(text), 'anew'),
    joins: (text) => openers.has(wordsOf(text)[0] ?? ''),
    refersBack: (text) => says(wordsOf(text), 'back'),
  };
}

type Hits = ReturnType<PhraseTable['find']>;

/** What is said between the talk that a message begins with and the talk that it ends with. */
function betweenEdges(words: readonly string[], hits: Hits): string {
  let from = 0;
  for (const hit of hits) if (hit.from === from) from = hit.to;
  let to = words.length;
  for (const hit of hits.toReversed()) if (hit.to === to && hit.from >= from) to = hit.from;
  return words.slice(from, to).join(' ');
}

const OPENERS = ['and', 'so', 'but', 'then', 'ok', 'okay', 'well', 'hm', 'or', 'also'];

/**
 * Whether the first or the last clause is nothing but a nod: "ok, …", not "is that ok" or "nothing is printed". Two
 * phrases of talk at the start are one as well: "ok trying …".
 */
function nodsIn(table: PhraseTable, clauses: readonly (readonly string[])[]): boolean {
  const [first = []] = clauses;
  const [one, next] = table.find(first);
  return (
    [first, clauses.at(-1) ?? []].some((words) => consistsOf(table, words, 'nod')) ||
    (one?.from === 0 && one.names.includes('nod') && next?.from === one.to && !next.names.includes('filler'))
  );
}

/** Whether a phrase of that name comes first, but for fillers. */
function beginsWith(table: PhraseTable, words: readonly string[], name: string): boolean {
  let at = 0;
  for (const { from, to, names } of table.find(words)) {
    if (from > at) return false;
    if (names.includes(name)) return true;
    at = to;
  }
  return false;
}

/** Whether it is nothing but phrases of the table, one of that name among them. */
function consistsOf(table: PhraseTable, words: readonly string[], name: string): boolean {
  const hits = table.find(words);
  const covered = hits.reduce((sum, { from, to }) => sum + to - from, 0);
  return covered === words.length && hits.some(({ names }) => names.includes(name));
}
