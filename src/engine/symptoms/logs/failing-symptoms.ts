import { joinBlocks } from '../../../checks/crashes/last-words.js';
import type { Evidence } from '../../../checks/judging/define-check.js';
import { type Complaint, complaintMeans } from '../../../texts/findings/complaints.js';
import type { Symptom } from '../symptom.js';
import type { SymptomFacts } from '../symptom-facts.js';
import { workloadOf } from '../workload-of.js';
import { goneFrom, type IsGone } from './peer-of.js';
import type { SpokenLog } from './read-ready-logs.js';
import { repeatedErrors } from './repeated-errors.js';
import { type StampedLine, stampedLines } from './stamped-line.js';
import { standingComplaints } from './standing-complaints.js';

const SHOWN = 3;
const LONGEST = 500;
const LONGEST_WORDS = 300;

interface ToldComplaint extends StampedLine {
  readonly tells: Complaint;
}

/** Components that are Ready, and whose own log says that they do not do their work. */
export function failingSymptoms(
  logs: readonly SpokenLog[],
  { nodes, now }: Pick<SymptomFacts, 'nodes' | 'now'>,
): readonly Symptom[] {
  const isGone = goneFrom(nodes);
  return logs.flatMap((log) => {
    const lines = stampedLines(log.lines);
    const told = toldIn(log, lines, { now, isGone });
    const [newest] = told;
    return newest === undefined ? [] : [symptom(log, told, wordsFrom(lines, newest))];
  });
}

function toldIn(
  { speaker }: SpokenLog,
  lines: readonly StampedLine[],
  { now, isGone }: { readonly now: Date; readonly isGone: IsGone },
): readonly ToldComplaint[] {
  const known = standingComplaints(speaker, lines, { now, isGone });
  return known.length > 0
    ? known.map((heard) => ({ ...heard, tells: heard.wording.tells }))
    : repeatedErrors(speaker, lines, now).map((entry) => ({ ...entry, tells: 'repeated' }));
}

const HEAD = /^(?:[IWEF]\d{4} [\d:.]{8,20} +\d+ \S{1,100}\] |\[[A-Z]+\] )/;

/** The line without what the logger puts before it, and with what a block of several lines says. */
function wordsFrom(lines: readonly StampedLine[], { index }: ToldComplaint): string {
  const [whole = ''] = joinBlocks(lines.slice(index, index + 12).map(({ line }) => line));
  return whole.slice(0, LONGEST).replace(HEAD, '').trim().slice(0, LONGEST_WORDS);
}

function symptom({ view }: SpokenLog, told: readonly ToldComplaint[], words: string): Symptom {
  const { namespace, name, node } = view;
  return {
    kind: 'component-failing',
    about: { kind: 'Pod', namespace, name },
    node,
    workload: workloadOf(view),
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
