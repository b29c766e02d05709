import { isErrorLine, joinBlocks } from '../../../checks/crashes/last-words.js';
import { groupBy } from '../../../checks/group-by.js';
import type { Evidence } from '../../../checks/judging/define-check.js';
import { withoutNames } from '../../../checks/without-names.js';
import { type Complaint, complaintMeans } from '../../../texts/findings/complaints.js';
import type { Symptom } from '../symptom.js';
import { complaintIn } from './log-complaints.js';
import type { SpokenLog } from './read-ready-logs.js';

/** What goes on is printed again within it: the client tries every 30 seconds, kube-proxy and Flannel too. */
const FRESH_MS = 300_000;
const WINDOW_MS = 600_000;
/** Of an error line that nobody knows. */
const REPEATED = 3;
/** Errors that end by themselves: what was asked for is gone, two writers met, a connection was renewed. */
const HARMLESS =
  /not ?found|the object has been modified|context canceled|leader ?election|client connection lost|too old resource version/i;
const SHOWN = 3;
const LONGEST = 500;
const LONGEST_WORDS = 300;

interface ToldComplaint {
  readonly tells: Complaint;
  readonly index: number;
  readonly at: string;
  readonly line: string;
}

/** Components that are Ready, and whose own log says that they do not do their work. */
export const failingSymptoms = (logs: readonly SpokenLog[], now: Date): readonly Symptom[] =>
  logs.flatMap((log) => {
    const lines = log.lines.flatMap(stamped);
    const known = knownComplaints(log, lines, now);
    const told = known.length > 0 ? known : repeatedErrors(lines, now);
    const [newest] = told;
    return newest === undefined ? [] : [symptom(log, told, wordsFrom(lines, newest))];
  });

interface StampedLine {
  readonly at: string;
  readonly line: string;
}

/** `2026-11-24T02:58:00.123456789Z E1124 …`; a line without its time is no line of a log. */
function stamped(text: string): readonly StampedLine[] {
  const at = text.slice(0, text.indexOf(' '));
  return Number.isNaN(Date.parse(at)) ? [] : [{ at, line: text.slice(at.length + 1) }];
}

const ageOf = (at: string, now: Date): number => now.getTime() - Date.parse(at);

/** The newest line of each complaint that goes on, newest first. */
function knownComplaints(
  { speaker }: SpokenLog,
  lines: readonly StampedLine[],
  now: Date,
): readonly ToldComplaint[] {
  const told = lines.flatMap(({ at, line }, index) => {
    const wording = complaintIn(speaker, line);
    const counts = wording?.once === true || ageOf(at, now) < WINDOW_MS;
    return wording === undefined || !counts ? [] : [{ wording, tells: wording.tells, index, at, line }];
  });
  return [...groupBy(told, ({ tells }) => tells).values()]
    .flatMap((same) => {
      const newest = same.at(-1);
      if (newest === undefined || same.length < (newest.wording.least ?? 1)) return [];
      return newest.wording.once === true || ageOf(newest.at, now) < FRESH_MS ? [newest] : [];
    })
    .toSorted((a, b) => b.index - a.index);
}

function repeatedErrors(lines: readonly StampedLine[], now: Date): readonly ToldComplaint[] {
  const errors = lines
    .map((entry, index) => ({ ...entry, index }))
    .filter(({ at, line }) => ageOf(at, now) < WINDOW_MS && isErrorLine(line) && !HARMLESS.test(line));
  return [...groupBy(errors, ({ line }) => withoutNames(line)).values()]
    .filter((same) => same.length >= REPEATED && ageOf(same.at(-1)?.at ?? '', now) < FRESH_MS)
    .flatMap((same) => same.slice(-1).map((newest) => ({ ...newest, tells: 'repeated' as const })))
    .toSorted((a, b) => b.index - a.index);
}

const HEAD = /^(?:[IWEF]\d{4} [\d:.]{8,20} +\d+ \S{1,100}\] |\[[A-Z]+\] )/;

/** The line without what the logger puts before it, and with what a block of several lines says. */
function wordsFrom(lines: readonly StampedLine[], { index }: ToldComplaint): string {
  const [whole = ''] = joinBlocks(lines.slice(index, index + 12).map(({ line }) => line));
  return whole.slice(0, LONGEST).replace(HEAD, '').trim().slice(0, LONGEST_WORDS);
}

function symptom({ view }: SpokenLog, told: readonly ToldComplaint[], words: string): Symptom {
  const { namespace, name, node, owner } = view;
  return {
    kind: 'component-failing',
    about: { kind: 'Pod', namespace, name },
    node,
    workload: owner?.name,
    words,
    adds: told[0] && complaintMeans[told[0].tells],
    evidence: told.slice(0, SHOWN).map((complaint) => evidenceOf(name, complaint)),
  };
}

const evidenceOf = (pod: string, { line, at }: ToldComplaint): Evidence => ({
  where: `log of ${pod}`,
  value: line.trim().slice(0, LONGEST),
  at,
});
