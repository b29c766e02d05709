import { isNoSecret, looksRandom } from './no-secret.js';
import type { Span } from './span.js';

/** Recognised by themselves, whatever stands beside them. The first group, where there is one, is the secret. */
const shapes: readonly RegExp[] = [
  /-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-(?!----))*(?:-----END [A-Z ]{0,40}-----)?/g,
  /---- BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY ----(?:[^-]|-(?!---))*/g,
  /^Private-Lines:[ \t]{0,4}\d{1,4}\r?\n([A-Za-z0-9+/=\r\n]*)/gm,
  /^Private-MAC:[ \t]{0,4}(\w{8,})/gm,
  // The same in base64, as kubeconfigs and Secrets hold it; certificates are public.
  /\bLS0tLS1CRUdJTi(?!BDRVJU)[A-Za-z0-9+/=]{20,}/g,
  /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?/g,
  /\bLTAI[A-Za-z0-9]{12,}/g,
  // Cut off: a text that is too long ends in the middle of a secret.
  /\b(?:LTAI|STS\.|gh[oprsu]_|xox[a-z]-)[A-Za-z0-9_-]{4,}$/g,
  /\beyJ[A-Za-z0-9_-]{20,}$/g,
  /\bSTS\.[A-Za-z0-9]{10,}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\bx(?:ox[abeoprs]|app)-[A-Za-z0-9-]{8,}/g,
  /\bgh[oprsu]_[A-Za-z0-9]{20,}/g,
  /\b(?:github_pat_|glpat-|AIza|npm_|hv[sbr]\.|dop_v1_|ya29\.|SG\.|sk-(?:proj-|ant-)?)[A-Za-z0-9_.-]{20,}/g,
  /\b[srp]k_(?:live|test)_[A-Za-z0-9]{10,}/g,
  /\bhooks\.slack\.com\/[a-z]{1,20}\/([\w/]{10,200})/g,
  /\/bot\/v2\/hook\/([\w-]{10,100})/g,
  /\/webhook\/send\?key=([\w-]{10,100})/g,
  /\/bot\d{6,12}:([\w-]{20,100})/g,
  // Hashes of passwords: `$6$salt$hash`.
  /\$(?:apr1|[156]|2[aby]|y|7)\$[\w./$]{8,200}/g,
  // An access key's id and its secret as a pair.
  /\bLTAI[A-Za-z0-9]{12,}[:/|][ \t]?([A-Za-z0-9]{16,64})\b/g,
  /\btokens?\b[^\n]{0,40}?\b([a-z0-9]{6}\.[a-z0-9]{16})\b/gi,
  /\bsshpass[ \t]{1,4}-p[ \t]{0,4}["']?([^\s"']{1,500})/g,
  /\blogin[ \t][^\n]{0,200}?[ \t]-p[ \t]{1,4}["']?([^\s"']{1,500})/g,
  /\bredis-cli[ \t][^\n]{0,200}?[ \t]-a[ \t]{1,4}["']?([^\s"']{1,500})/g,
  /\bmysql[a-z]{0,10}[ \t][^\n]{0,200}?[ \t]-p([^\s"']{1,500})/g,
  /<key>[^<]{0,40}(?:password|secret|token)<\/key>\s{0,20}<string>([^<]{1,500})/gi,
  /\b(?:login|account)[ \t]{1,8}[^\s]{1,200}\s{1,8}password[ \t]{1,8}([^\s]{1,500})/g,
  /^[ \t]{0,8}(?:requirepass|masterauth)[ \t]{1,8}([^\s#]{1,500})/gm,
  /(?:^|[ \t])(?:-u|--user)[ \t=]{1,4}["']?[\w.@-]{1,100}:([^\s"']{1,500})/gm,
  /\b[\w.-]{1,64}:([^\s@:/]{1,200})@(?:tcp|unix)\(/g,
];

const SCHEME = /\b(?:bearer|basic)[ \t]{1,8}([A-Za-z0-9._~+/=-]{8,})/gi;

export function secretShapes(text: string): Span[] {
  const known = shapes.flatMap((pattern) => [...text.matchAll(pattern)].map(spanOf));
  const schemes = [...text.matchAll(SCHEME)].filter(([, token = '']) => looksRandom(token)).map(spanOf);
  return [...known, ...schemes, ...userInfo(text)];
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
