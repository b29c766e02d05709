import type { Mute } from '../../../approvals/create-mutes.js';
import { labelOf } from '../../../cluster/object-label.js';
import type { ObjectRef } from '../../../cluster/ports.js';
import type { CheckRun, RunSymptom } from '../../../engine/checking/check-run.js';
import { findingKey } from '../../../engine/checking/finding-key.js';
import { type Cause, type Diagnosis, diagnose } from '../../../engine/diagnosis/diagnose.js';
import { faultOf } from '../../../engine/diagnosis/fault-of.js';
import type { RunChanges } from '../../../jobs/check/compare-runs.js';
import { checkTexts } from '../../../texts/checks.js';
import { findingLine } from '../../../texts/findings/finding-line.js';
import { clip } from '../../kit/writing/mrkdwn.js';
import type { Finding } from './evidence.js';
import { isMuted } from './is-muted.js';

export interface Refusal {
  readonly remediation: string;
  readonly finding: string;
  readonly about?: ObjectRef | undefined;
  readonly reason: string;
  readonly hint?: string | undefined;
  /** Not refused: a button asks for what it needs. */
  readonly needsParams?: boolean | undefined;
}

/** A fix that waits to be reviewed. */
export interface FixOffer {
  readonly proposal: string;
  /** Id of the finding, and which of those with that id. */
  readonly finding: string;
  readonly about: ObjectRef;
  /** Address of its card, once it stands. */
  readonly link?: string | undefined;
}

export interface ResultView {
  readonly runId: string;
  readonly run: CheckRun;
  /** undefined = an alert did. */
  readonly requestedBy: string | undefined;
  /** Narrowed by the request: `default, prod` or `node cn-hangzhou.10.0.0.1`. */
  readonly scope?: string | undefined;
  readonly changes?: RunChanges | undefined;
  readonly muted: readonly Mute[];
  readonly refusals: readonly Refusal[];
  readonly offers: readonly FixOffer[];
  /** What was changed since the problem was reported, in trusted mrkdwn, the newest first. */
  readonly notes?: readonly string[] | undefined;
  readonly entries: EntryLinks;
  /** Entries that Kubernetes cannot show, for "not visible from here". */
  readonly blind: number;
}

/** Documentation of an entry, by id. */
type EntryLinks = ReadonlyMap<
  string,
  { readonly links: readonly { readonly title: string; readonly url: string }[] }
>;

export type RunCause = Cause<Finding, RunSymptom>;

export const diagnosisOf = ({
  run,
  muted,
}: Pick<ResultView, 'run' | 'muted'>): Diagnosis<Finding, RunSymptom> =>
  diagnose(run, (finding) => isMuted(finding, muted));

/** A line longer than this is whole in the thread. */
const LINE = 110;

/** A cause in one line; what is alike on further objects is counted. */
export function causeLine({ findings }: Pick<RunCause, 'findings'>): string {
  const [first] = findings;
  if (first === undefined) return '';
  const more = new Set(findings.map(faultOf)).size - 1;
  const rest = more === 0 ? '' : checkTexts.cause.moreLike(more, first.about.kind);
  return `${clip(findingLine(first), LINE - rest.length)}${rest}`;
}

export const isFresh = ({ changes }: ResultView, { findings }: Pick<RunCause, 'findings'>): boolean =>
  findings.some((finding) => changes?.fresh.includes(findingKey(finding)) ?? false);

/** The fixes of a cause, those of findings under it included. Several findings may lead to one and the same change. */
export function offersFor(view: ResultView, cause: RunCause): readonly FixOffer[] {
  const { offers, refusals } = view;
  const all = [...cause.findings, ...cause.sorted].flatMap((finding) => {
    const own = offers.filter((offer) => isFor(offer, finding));
    if (own.length > 0 || refusals.some((refusal) => isFor(refusal, finding))) return own;
    return offers.filter((offer) => offer.finding === finding.id);
  });
  return [...new Set(all)];
}

export const refusalsFor = ({ refusals }: ResultView, cause: RunCause): readonly Refusal[] =>
  refusals.filter((refusal) =>
    [...cause.findings, ...cause.sorted].some((finding) => isFor(refusal, finding)),
  );

/** A finding's id says what is wrong, not with which object. */
const isFor = (
  { finding, about }: { readonly finding: string; readonly about?: ObjectRef | undefined },
  { id, about: object }: Pick<Finding, 'id' | 'about'>,
): boolean => finding === id && (about === undefined || labelOf(about) === labelOf(object));
