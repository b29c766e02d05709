import { knownShapes } from './known-shapes.js';
import { isNoSecret } from './no-secret.js';
import type { Span } from './span.js';

/** What a text has in it that `secretShapes` finds anything in. */
export const shapeHints: readonly RegExp[] = [
  ...knownShapes.map(({ hint }) => hint),
  // JSON may write `:\/\/`.
  /:\\?\/\\?\//,
];

export function secretShapes(text: string): Span[] {
  const known = knownShapes.flatMap(({ pattern, isSecret = () => true }) =>
    [...text.matchAll(pattern)].filter(([whole, secret = whole]) => isSecret(secret)).map(spanOf),
  );
  return [...known, ...userInfo(text)];
}

function spanOf(match: RegExpMatchArray): Span {
  const end = match.index ?? 0;
  const whole = match[0];
  const secret = match[1] ?? whole;
  const start = end + whole.lastIndexOf(secret);
  return { start, end: start + secret.length };
}

const AUTHORITY = 2000;

/** A port with what ends the sentence or the bracket around its URL. */
const PORT_IN_SENTENCE = /^\d{1,5}[)\]},.;:!?]{0,4}$/;

/** `redis://:pw@host`, `https://TOKEN@host`; a password may hold `/`, `@` and `:`. */
function userInfo(text: string): Span[] {
  const spans: Span[] = [];
  for (let at = text.indexOf('://'); at !== -1; at = text.indexOf('://', at + 3)) {
    const start = at + 3;
    const next = text.indexOf('://', start);
    const room = text.slice(start, Math.min(next === -1 ? text.length : next, start + AUTHORITY));
    const rest = /^[^\s"'<>`|]*/.exec(room)?.[0] ?? '';
    const span = secretIn(rest, start);
    if (span) spans.push(span);
  }
  return spans;
}

function secretIn(rest: string, start: number): Span | undefined {
  const slash = rest.search(/[/?#]/);
  const host = slash === -1 ? rest : rest.slice(0, slash);
  const colon = host.indexOf(':');
  // Without a port behind the colon, what follows the slash is a password that holds one.
  const inPath =
    colon !== -1 &&
    !host.startsWith('[') &&
    host.length > colon + 1 &&
    !/^\d{1,5}$/.test(host.slice(colon + 1));
  const at = (host.includes('@') || !inPath ? host : rest).lastIndexOf('@');
  // What is no port is a password whose end was cut off, together with its `@`.
  const password = host.slice(colon + 1);
  const isPort = /^port$/i.test(password) || PORT_IN_SENTENCE.test(password);
  if (at === -1 && inPath && slash === -1 && !isPort && !isNoSecret(password))
    return { start: start + colon + 1, end: start + host.length };
  if (at === -1) return undefined;
  if (colon !== -1 && colon < at) return { start: start + colon + 1, end: start + at };
  return at >= 20 ? { start, end: start + at } : undefined;
}
