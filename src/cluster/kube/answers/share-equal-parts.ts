import { isObject } from '../../fields.js';

/** V8 keeps one copy of texts up to this length by itself when it parses JSON. */
const SHORT = 10;
/** A field is given up when, after so many values, less than half were seen before. */
const TRIES = 2000;

/** A field of a view, beside its text. */
const FIELD_BYTES = 16;

interface Sharer {
  share<V>(view: V): V;
  /** Roughly what all views together hold in memory. */
  bytes(): number;
}

interface Tally {
  tries: number;
  hits: number;
}

/**
 * Lets equal texts, lists and records in the views of one list be one object each: thousands of pods share their node's
 * name, and neighbours (the API lists by namespace and name) their labels and owner. Fields whose texts differ from view
 * to view are found out and left alone. The views must be fresh; what they hold is read-only from here on.
 */
export function createSharer(): Sharer {
  const texts = new Map<string, string>();
  const tallies = new Map<string, Tally>();
  let last: Readonly<Record<string, unknown>> = {};
  let bytes = 0;

  const pooled = (text: string, tally: Tally): string => {
    if (text.length <= SHORT) return text;
    if (tally.tries >= TRIES && tally.hits * 2 < tally.tries) {
      bytes += text.length;
      return text;
    }
    tally.tries += 1;
    const known = texts.get(text);
    if (known === undefined) {
      texts.set(text, text);
      bytes += text.length;
    } else tally.hits += 1;
    return known ?? text;
  };
  const tallyOf = (name: string): Tally => {
    let tally = tallies.get(name);
    if (tally === undefined) {
      tally = { tries: 0, hits: 0 };
      tallies.set(name, tally);
    }
    return tally;
  };
  const shareTexts = (value: object, tally: Tally): void => {
    const held = value as Record<string, unknown>;
    for (const key in held) {
      bytes += FIELD_BYTES;
      const entry = held[key];
      if (typeof entry === 'string') held[key] = pooled(entry, tally);
      else if (typeof entry === 'object' && entry !== null) shareTexts(entry, tally);
    }
  };

  const share = <V>(view: V): V => {
    if (!isObject(view)) {
      bytes += FIELD_BYTES;
      return view;
    }
    const held = view as Record<string, unknown>;
    for (const name in held) {
      bytes += FIELD_BYTES;
      const value = held[name];
      if (typeof value === 'string') held[name] = pooled(value, tallyOf(name));
      else if (typeof value === 'object' && value !== null) {
        const before = last[name];
        if (isEqual(value, before)) held[name] = before;
        else shareTexts(value, tallyOf(name));
      }
    }
    last = held;
    return view;
  };
  return { share, bytes: () => bytes };
}

/** Of JSON values, in the same order of keys. */
function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [one, other] = [a as Record<string, unknown>, b as Record<string, unknown>];
  let count = 0;
  for (const key in one) {
    count += 1;
    if (!isEqual(one[key], other[key])) return false;
  }
  for (const _ in other) count -= 1;
  return count === 0 && Array.isArray(a) === Array.isArray(b);
}
