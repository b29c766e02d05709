import { groupBy } from '../../../checks/group-by.js';
import { complaintIn } from './complaint-in.js';
import type { ComplaintWording, Speaker } from './complaint-wordings.js';
import { type IsGone, isOverWithPeer } from './peer-of.js';
import { ageOf, FRESH_MS, type StampedLine, WINDOW_MS } from './stamped-line.js';

interface Heard extends StampedLine {
  readonly wording: ComplaintWording;
}

/** The newest line of each complaint that goes on, newest first. */
export function standingComplaints(
  speaker: Speaker,
  lines: readonly StampedLine[],
  { now, isGone }: { readonly now: Date; readonly isGone: IsGone },
): readonly Heard[] {
  const heard = lines.flatMap((entry): readonly Heard[] => {
    const wording = complaintIn(speaker, entry.line);
    if (wording === undefined || !(wording.once || ageOf(entry, now) < WINDOW_MS)) return [];
    const isOver =
      isEnded(wording, entry, lines) || (wording.ofPeer === true && isOverWithPeer(entry, lines, isGone));
    return isOver ? [] : [{ ...entry, wording }];
  });
  return [...groupBy(heard, ({ wording }) => wording).values()]
    .flatMap((same) => (goesOn(same, now) ? same.slice(-1) : []))
    .toSorted((a, b) => b.index - a.index);
}

function isEnded(
  { endedBy }: ComplaintWording,
  { line, index }: StampedLine,
  lines: readonly StampedLine[],
): boolean {
  if (endedBy === undefined) return false;
  return lines.slice(index + 1).some((later) => {
    const match = endedBy.exec(later.line);
    return match !== null && line.includes(match[1] ?? '');
  });
}

function goesOn(same: readonly Heard[], now: Date): boolean {
  const newest = same.at(-1);
  if (newest === undefined) return false;
  const { once, least = 1, againMs = FRESH_MS } = newest.wording;
  return countApart(same) >= least && (once === true || ageOf(newest, now) < againMs);
}

const countApart = (same: readonly Heard[]): number =>
  new Set(
    same.map(({ wording, line, at }) => wording.apart?.exec(line)?.[1]?.toLowerCase() ?? `${at} ${line}`),
  ).size;
