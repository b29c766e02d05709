import { documentSecrets } from './document-secrets.js';
import { namedValues } from './named-values.js';
import { secretShapes } from './secret-shapes.js';
import { mergeSpans, type Span } from './span.js';
import { unquote } from './unquote.js';

/** How often a text may be quoted within another. */
const LEVELS = 5;

/** Texts without any of these hold nothing the rules could match; most log lines and events are such texts. */
const SUSPECT =
  /key|secret|token|pass|pwd|credential|cert|auth|cookie|jwt|stringdata|\b(?:ak|sk)\b|_(?:ak|sk)\b|sig|bearer|basic|-----BEGIN|LS0tLS1|\beyJ|LTAI|STS\.|AKIA|ASIA|AIza|gh[oprsu]_|glpat|xox|xapp|:\/\/|@(?:tcp|unix)\(|(?:-u|--user)[ =]/i;

/** Every secret in a text, in order and without overlaps. */
export const findSecrets = (text: string): Span[] => mergeSpans(search(text, 0));

function search(text: string, level: number): readonly Span[] {
  if (!SUSPECT.test(text)) return [];
  const within = (inner: string): readonly Span[] => (level < LEVELS ? search(inner, level + 1) : []);
  return [
    ...secretShapes(text),
    ...namedValues(text),
    ...documentSecrets(text, within),
    ...quoted(text, within),
  ];
}

/** JSON in a string in any text: its quotes are escaped there. */
function quoted(text: string, within: (inner: string) => readonly Span[]): readonly Span[] {
  if (!text.includes('\\"') && !text.includes('\\u0022')) return [];
  const inner = unquote(text);
  return within(inner.text).map(({ start, end }) => ({ start: inner.at(start), end: inner.at(end) }));
}
