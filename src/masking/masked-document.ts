import { mask } from './mask.js';
import type { Masked } from './masked.js';

/**
 * The JSON of what is kept, with its texts masked. What stands under one of these keys, at any depth, is left as it is:
 * ids, and what must be written back as it was read.
 */
export function maskedDocument(document: unknown, asTheyStand: ReadonlySet<string>): Masked {
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return mask(value);
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, inner]: [string, unknown]) => [
      key,
      asTheyStand.has(key) ? inner : walk(inner),
    ]);
    return Object.fromEntries(entries);
  };
  return JSON.stringify(walk(document)) as Masked;
}

/** A text read back from where nothing but masked ones is written, to be written there anew as it stands. */
export const maskedBefore = (kept: string): Masked => kept as Masked;
