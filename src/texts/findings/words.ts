import { count } from '../count.js';

/** What a finding measured, as its check filled it in. */
export type Measured = Readonly<Record<string, string | number>>;

/** One finding in one line of plain words: what is wrong, and where. */
export type Line = (of: Measured) => string;

/** `3 nodes`; a value that is no number is said as it is. */
export function many(value: string | number | undefined, noun: string, nouns?: string): string {
  const n = Number(value);
  return Number.isFinite(n) ? count(n, noun, nouns) : `${value ?? 'some'} ${nouns ?? `${noun}s`}`;
}

/** The verb that goes with a number: `1 pod waits`, `2 pods wait`. */
export const does = (value: string | number | undefined, one: string, more: string): string =>
  Number(value) === 1 ? one : more;
