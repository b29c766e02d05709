import { goesOnAsSentence, isNoSecret, looksRandom } from './no-secret.js';
import { kindOfName, type NameKind } from './secret-name.js';
import type { Span } from './span.js';
import { withWordsBefore } from './words-before.js';

const LONGEST_NAME = 100;
const LONGEST_GUESS = 200;

/**
 * Secrets behind their names in any text: `name=value`, `name: value`, `"name": "value"`, headers, flags, YAML blocks,
 * `<name>value</name>`. Runs once over the text: what is found is not looked at again.
 */
export function namedValues(text: string): Span[] {
  const spans: Span[] = [];
  const delimiter = /[:=>]|--(?=[a-z])/g;
  for (let match = delimiter.exec(text); match; match = delimiter.exec(text)) {
    const span = match[0] === '--' ? flagValue(text, match.index) : valueAt(text, match.index);
    if (span === undefined) continue;
    if (span.end > span.start) spans.push(span);
    delimiter.lastIndex = Math.max(span.end, match.index + 1);
  }
  return spans;
}

interface Name {
  readonly kind: NameKind;
  /** Whether it stands in quotes: JSON, where the value may follow on a later line. */
  readonly quoted: boolean;
  /** Whether nothing but indentation, dashes and quotes stands before it on its line. */
  readonly first: boolean;
  readonly column: number;
  readonly name: string;
}

function valueAt(text: string, at: number): Span | undefined {
  const name = nameBefore(text, at);
  if (name === undefined) return undefined;
  if (text[at] === '>') return elementValue(text, at + 1);
  const from = skip(text, text[at + 1] === '=' || text[at + 1] === '>' ? at + 2 : at + 1, name.quoted);
  const span = readValue(text, from, { name, delimiter: text[at] ?? '' });
  if (span === undefined) return undefined;
  const value = text.slice(span.start, span.end);
  if (isNoSecret(value)) return undefined;
  return name.kind !== 'when-random' || looksRandom(value) ? span : undefined;
}

function nameBefore(text: string, at: number): Name | undefined {
  let end = at;
  if (text[at] !== '>') for (let spaces = 0; spaces < 3 && isBlank(text[end - 1]); spaces += 1) end -= 1;
  const quote = /["'\]]/.test(text[end - 1] ?? '') ? text[end - 1] : undefined;
  if (quote !== undefined) end -= 1;
  let start = end;
  while (
    start > 0 &&
    end - start < LONGEST_NAME &&
    /[\w.\u00ad\u200b-\u200d\u2060\ufeff-]/.test(text[start - 1] ?? '')
  )
    start -= 1;
  if (start === end || (text[at] === '>' && !/[<:]/.test(text[start - 1] ?? ''))) return undefined;
  // `registry/my-token:v1` is an image.
  if (text[start - 1] === '/' && text[at] === ':') return undefined;
  const name = text.slice(start, end);
  const kind = kindOfName(name) ?? kindOfName(withWordsBefore(text, start, name));
  if (kind === undefined || (kind === 'list' && quote === undefined)) return undefined;
  const near = text.slice(Math.max(0, start - LONGEST_NAME), start);
  const before = near.slice(near.lastIndexOf('\n') + 1);
  return {
    kind,
    name,
    quoted: quote !== undefined,
    first: /^[\s"'-]*$/.test(before),
    column: before.search(/[^ ]|$/),
  };
}

interface Asked {
  readonly name: Name;
  readonly delimiter: string;
}

function readValue(text: string, from: number, asked: Asked): Span | undefined {
  const first = text[from] ?? '';
  if (/["'`]/.test(first)) return quotedValue(text, from, asked.name);
  if (asked.delimiter === ':' && asked.name.first) {
    if (first === '' || first === '\n' || first === '\r' || /[|>]/.test(first))
      return blockBelow(text, from, asked.name);
    if (!/[{[]/.test(first)) return restOfLine(text, from + tagsAt(text, from), asked.name);
  }
  if (first === '[') return listValue(text, from + 1, asked.name);
  if (first === '' || '{\n\r'.includes(first)) return undefined;
  return plainValue(text, from, asked);
}

/** A list of secrets is masked as one; a list of objects has names of its own. */
function listValue(text: string, from: number, { kind }: Name): Span | undefined {
  const start = skip(text, from, true);
  if (kind === 'when-random' || /[{[\]]/.test(text[start] ?? ']')) return undefined;
  const end = text.indexOf(']', start);
  return { start, end: end === -1 ? text.length : end };
}

/** To the closing quote; without one, to the end: the text was cut there. */
function quotedValue(text: string, from: number, name: Name): Span {
  const quote = text[from];
  const limit = name.kind === 'when-random' ? Math.min(text.length, from + LONGEST_GUESS) : text.length;
  let end = from + 1;
  while (end < limit && (text[end] !== quote || isDoubled(text, end)))
    end += isDoubled(text, end) || (text[end] === '\\' && quote !== "'") ? 2 : 1;
  return { start: from + 1, end: Math.min(end, limit) };
}

/** YAML's way to write a single quote within two. */
const isDoubled = (text: string, at: number): boolean => text[at] === "'" && text[at + 1] === "'";

/** A YAML block scalar, or a plain one that begins below its name. A mapping or a list below has names of its own. */
function blockBelow(text: string, from: number, name: Name): Span | undefined {
  const newline = text.indexOf('\n', from);
  if (newline === -1) return undefined;
  const header = text.slice(from, Math.min(newline, from + 20)).trim();
  if (!/^(?:[|>][-+\d]{0,3}(?:\s*#.*)?)?$/.test(header)) return undefined;
  const start = newline + 1;
  const end = endOfBlock(text, start, name.column);
  const body = text.slice(start, end).trimStart();
  if (body === '' || (header === '' && /^(?:- |["']?[\w./-]{1,100}["']?:(?:\s|$)|[{["'#])/.test(body)))
    return undefined;
  return { start: end - text.slice(start, end).trimStart().length, end };
}

function endOfBlock(text: string, start: number, column: number): number {
  let end = start;
  for (let line = start; line < text.length; ) {
    const stop = text.indexOf('\n', line) === -1 ? text.length : text.indexOf('\n', line);
    const indent = text.slice(line, stop).search(/\S/);
    if (indent !== -1 && indent <= column) break;
    if (indent !== -1) end = stop;
    line = stop + 1;
  }
  return end;
}

/** A YAML value may have a tag and an anchor before it. */
const tagsAt = (text: string, from: number): number =>
  /^(?:[!&][^\s]{0,60} +){1,2}(?=\S)/.exec(text.slice(from, from + 200))?.[0].length ?? 0;

const AUTH_SCHEME =
  /^(?:bearer|basic|token|digest|negotiate|acs|acs3-hmac-sha256|aws4?(?:-hmac-sha256)?)[ \t]+/i;

function restOfLine(text: string, from: number, { quoted }: Name): Span {
  const newline = text.indexOf('\n', from);
  let line = text.slice(from, newline === -1 ? text.length : newline);
  const scheme = AUTH_SCHEME.exec(line)?.[0].length ?? 0;
  const comment = line.indexOf(' #');
  if (comment > 0) line = line.slice(0, comment);
  const value = quoted ? (/^[^,}\]\s]*/.exec(line)?.[0] ?? '') : line.trimEnd().replace(/[,"'`]$/, '');
  return { start: from + Math.min(scheme, value.length), end: from + value.length };
}

/** Up to white space or a quote, or to where the next pair of a query or a list begins. */
function plainValue(text: string, from: number, { delimiter, name }: Asked): Span | undefined {
  const start = from + (AUTH_SCHEME.exec(text.slice(from, from + 20))?.[0].length ?? 0);
  if (delimiter === ':' && goesOnAsSentence(text.slice(start, start + 20))) return undefined;
  const room = name.kind === 'when-random' ? LONGEST_GUESS : text.length;
  const value = upTo(text.slice(start, start + room), 0, /[\s"'`]|<(?!redacted>)/g);
  const next = value.search(/[&,;][\w.-]{1,64}[:=]/);
  const whole = next === -1 ? value : value.slice(0, next);
  const own = whole.replace(/[({[]/.test(whole) ? /[,;.]{1,8}$/ : /[,;.)}\]]{1,8}$/, '');
  return { start, end: start + own.length };
}

function elementValue(text: string, from: number): Span | undefined {
  const value = upTo(text, from, /</g);
  return isNoSecret(value.trim()) ? undefined : { start: from, end: from + value.length };
}

/** `--password x`, also as two items of a list: `["--password", "x"]`. */
function flagValue(text: string, at: number): Span | undefined {
  const name = /^--([a-z][\w.-]{0,80})["']?,?[ \t]{1,8}["']?(?=[^\s"'-])/.exec(text.slice(at, at + 100));
  if (name === null || kindOfName(name[1] ?? '') !== 'secret') return undefined;
  const start = at + name[0].length;
  const value = upTo(text, start, /[\s"'`]/g);
  return isNoSecret(value) || goesOnAsSentence(value) ? undefined : { start, end: start + value.length };
}

function upTo(text: string, from: number, stop: RegExp): string {
  stop.lastIndex = from;
  return text.slice(from, stop.exec(text)?.index ?? text.length);
}

const isBlank = (character: string | undefined): boolean => character === ' ' || character === '\t';

function skip(text: string, from: number, lines: boolean): number {
  let at = from;
  while (isBlank(text[at]) || (lines && (text[at] === '\n' || text[at] === '\r'))) at += 1;
  return at;
}
