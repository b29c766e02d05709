import { isErrorLine } from '../../../checks/crashes/last-words.js';
import { groupBy } from '../../../checks/group-by.js';
import { withoutNames } from '../../../checks/without-names.js';
import { complaintIn } from './complaint-in.js';
import type { Speaker } from './complaint-wordings.js';
import { endsByItself, isOfGoneObject } from './passing-errors.js';
import { ageOf, FRESH_MS, type StampedLine, WINDOW_MS } from './stamped-line.js';

const REPEATED = 3;

/** Errors that nobody knows and that come again and again: the newest line of each, newest first. */
export function repeatedErrors(
  speaker: Speaker,
  lines: readonly StampedLine[],
  now: Date,
): readonly StampedLine[] {
  const errors = lines.filter(
    (entry) =>
      ageOf(entry, now) < WINDOW_MS &&
      isErrorLine(entry.line) &&
      !endsByItself(entry.line) &&
      !isOfGoneObject(entry.line) &&
      complaintIn(speaker, entry.line) === undefined,
  );
  return [...groupBy(errors, ({ line }) => withoutNames(line)).values()]
    .flatMap((same) => (same.length >= REPEATED ? same.slice(-1) : []))
    .filter((newest) => ageOf(newest, now) < FRESH_MS)
    .toSorted((a, b) => b.index - a.index);
}
