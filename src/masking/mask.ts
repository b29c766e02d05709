import { findSecrets } from './secrets/find-secrets.js';
import { MASK, type Masked } from './masked.js';
import { isSecretName } from './secrets/secret-name.js';
import { mergeSpans, type Span } from './secrets/span.js';

const CHANGED = '<redacted, another one>';

/** The one function that decides what may be shown: masks the secrets in any text, well-formed or not. */
export const mask = (text: string): Masked => replaced(text, findSecrets(text));

/** Whether a secret stands, wholly or in part, between two places of a text. */
export const holdsSecret = (text: string, { start, end }: Span): boolean =>
  findSecrets(text).some((secret) => secret.start < end && start < secret.end);

/** Both sides of a comparison: a secret that differs is masked otherwise, so that it still shows as a change. */
export function maskPair(before: string, after: string): { before: Masked; after: Masked } {
  const known = findSecrets(before);
  const values = new Set(known.map(({ start, end }) => before.slice(start, end)));
  return {
    before: replaced(before, known),
    after: replaced(after, findSecrets(after), (secret) => (values.has(secret) ? MASK : CHANGED)),
  };
}

/**
 * Words of our own around pieces from outside: masked is only what stands in a piece, seen both by itself and where
 * it stands, so that `password: ${typed}` is masked and our own example is not.
 */
export function maskPieces(own: readonly string[], pieces: readonly string[]): Masked {
  let text = own[0] ?? '';
  const places: Span[] = [];
  pieces.forEach((piece, index) => {
    places.push({ start: text.length, end: text.length + piece.length });
    text += piece + (own[index + 1] ?? '');
  });
  const alone = places.map(({ start, end }) =>
    findSecrets(text.slice(start, end)).map((span) => ({ start: start + span.start, end: start + span.end })),
  );
  const seen = findSecrets(text).flatMap((span) =>
    places.map(({ start, end }) => ({ start: Math.max(start, span.start), end: Math.min(end, span.end) })),
  );
  return replaced(text, mergeSpans([...alone.flat(), ...seen]));
}

/** Every text in a value, however deep; keys stay as they are, and mask what stands under them. */
export function maskAll<T>(value: T): Masked<T> {
  return maskedValue(value) as Masked<T>;
}

function maskedValue(value: unknown): unknown {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map(maskedValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, maskNamed(key, item)]));
}

/** A value with the name it stands under. */
const maskNamed = (name: string, value: unknown): unknown =>
  typeof value === 'string' && value !== '' && isSecretName(name) ? MASK : maskedValue(value);

interface Presented {
  /** Keys whose text is an id, which comes back as it was sent. */
  readonly opaque: ReadonlySet<string>;
  readonly present: (text: string) => Masked;
}

/** Every text in a value of somebody else's format, whose keys say nothing of secrets. */
export function maskTree<T>(value: T, { opaque, present }: Presented): Masked<T> {
  const walk = (item: unknown): unknown => {
    if (typeof item === 'string') return present(item);
    if (Array.isArray(item)) return item.map(walk);
    if (typeof item !== 'object' || item === null) return item;
    const shown = Object.entries(item).map(([key, inner]: [string, unknown]) => [
      key,
      opaque.has(key) && typeof inner === 'string' ? inner : walk(inner),
    ]);
    return Object.fromEntries(shown);
  };
  return walk(value) as Masked<T>;
}

/** One line of JSON, its end included, with nothing in it that steers a terminal. */
export const maskedJson = (value: unknown): Masked =>
  `${JSON.stringify(maskAll(value)).replace(STEERS, escaped)}\n` as Masked;

/** What JSON itself leaves as it is: DEL, C1 and what turns the direction of writing. */
const STEERS = /[\u007f-\u009f]|\p{Bidi_Control}/gu;
const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

function replaced(text: string, spans: readonly Span[], by: (secret: string) => string = () => MASK): Masked {
  let shown = '';
  let from = 0;
  for (const { start, end } of spans) {
    shown += text.slice(from, start) + by(text.slice(start, end));
    from = end;
  }
  return (shown + text.slice(from)) as Masked;
}
