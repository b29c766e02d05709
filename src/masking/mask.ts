import { findSecrets } from './find-secrets.js';
import { MASK, type Masked } from './masked.js';
import { isSecretName } from './secret-name.js';
import { mergeSpans, type Span } from './span.js';

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
export function maskAll<T>(value: T): T {
  if (typeof value === 'string') return mask(value) as T & Masked;
  if (Array.isArray(value)) return value.map((item: unknown) => maskAll(item)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, maskNamed(key, item)])) as T;
}

/** A value with the name it stands under. */
const maskNamed = (name: string, value: unknown): unknown =>
  typeof value === 'string' && value !== '' && isSecretName(name) ? MASK : maskAll(value);

function replaced(text: string, spans: readonly Span[], by: (secret: string) => string = () => MASK): Masked {
  let shown = '';
  let from = 0;
  for (const { start, end } of spans) {
    shown += text.slice(from, start) + by(text.slice(start, end));
    from = end;
  }
  return (shown + text.slice(from)) as Masked;
}
