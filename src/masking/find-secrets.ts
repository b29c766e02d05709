import { documentSecrets } from './document-secrets.js';
import { namedValues } from './named-values.js';
import { secretShapes } from './secret-shapes.js';
import { mergeSpans, type Span } from './span.js';
import { chineseValues, evened, spokenValues } from './spoken-values.js';
import { type Derived, unpercent, unquote } from './unquote.js';

/** How often a text may be quoted within another. */
const LEVELS = 5;

/** Texts without any of these hold nothing the rules could match; most log lines and events are such texts. */
const SUSPECT =
  /key|secret|token|pass|pwd|credential|cert|auth|cookie|jwt|stringdata|\b(?:ak|sk)\b|_(?:ak|sk)\b|sig|bearer|basic|-----BEGIN|LS0tLS1|\beyJ|LTAI|STS\.|AKIA|ASIA|AIza|gh[oprsu]_|glpat|xox|xapp|:\/\/|@(?:tcp|unix)\(|(?:-u|--user)[ =]|密码|口令|密钥|令牌|凭[证据]|hvs\.|sk[-_][a-z]|npm_|ya29|SG\.|dop_v1|\/hook\/|bot\d|\$(?:apr1|[256][aby]?)\$|psk|pa\u00ad?ss|-----? BEGIN|private-lines|docker|sshpass|redis-cli|mysql/i;

/** Every secret in a text, in order and without overlaps. */
export const findSecrets = (text: string): Span[] => mergeSpans(search(text, 0));

function search(given: string, level: number): readonly Span[] {
  const text = evened(given);
  if (!SUSPECT.test(text)) return [];
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
