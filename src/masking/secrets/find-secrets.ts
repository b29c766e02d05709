import { documentSecrets } from './document-secrets.js';
import { namedValues } from './named-values.js';
import { nameHints } from './secret-name.js';
import { secretShapes, shapeHints } from './secret-shapes.js';
import { mergeSpans, type Span } from './span.js';
import { chineseHint, chineseValues, evened, spokenValues } from './spoken-values.js';
import { type Derived, unpercent, unquote } from './unquote.js';

/** How often a text may be quoted within another. */
const LEVELS = 5;

/** An escaped letter or mark may belong to any hint. */
const ESCAPED = /\\u00[2-7]|%[2-7][\da-f]/i;

/** Every finder's own, as a text without any of them is not looked at. */
const hints: readonly RegExp[] = [...shapeHints, ...nameHints, chineseHint, ESCAPED];

const suspects = [false, true].map((ignoreCase) => {
  const sources = hints.filter((hint) => hint.ignoreCase === ignoreCase).map(({ source }) => source);
  return new RegExp(sources.join('|'), ignoreCase ? 'i' : '');
});

/** Texts without any hint hold nothing that a rule could match; most log lines and events are such texts. */
const isSuspect = (text: string): boolean => suspects.some((pattern) => pattern.test(text));

/** Every secret in a text, in order and without overlaps. */
export const findSecrets = (text: string): Span[] => mergeSpans(search(text, 0));

function search(given: string, level: number): readonly Span[] {
  const text = evened(given);
  if (!isSuspect(text)) return [];
  const within = (inner: string): readonly Span[] => (level < LEVELS ? search(inner, level + 1) : []);
  return [
    ...secretShapes(text),
    ...namedValues(text),
    ...spokenValues(text),
    ...chineseValues(text),
    ...documentSecrets(text, within),
    ...quoted(text, within),
    // Once is enough: it would double the work of every level.
    ...(level === 0 ? percentEncoded(text, within) : []),
  ];
}

/** JSON in a string in any text: its quotes are escaped there. */
function quoted(text: string, within: (inner: string) => readonly Span[]): readonly Span[] {
  if (!text.includes('\\"') && !text.includes('\\u0022')) return [];
  return inOriginal(unquote(text), within);
}

/** A URL or a form within a URL: `token%3D…`. */
function percentEncoded(text: string, within: (inner: string) => readonly Span[]): readonly Span[] {
  return /%(?:3D|3A|22)/i.test(text) ? inOriginal(unpercent(text), within) : [];
}

const inOriginal = (inner: Derived, within: (inner: string) => readonly Span[]): readonly Span[] =>
  within(inner.text).map(({ start, end }) => ({ start: inner.at(start), end: inner.at(end) }));
