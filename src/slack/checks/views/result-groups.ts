import type { Mute } from '../../../approvals/create-mutes.js';
import type { CheckRun } from '../../../engine/checking/check-run.js';
import { findingKey } from '../../../engine/checking/finding-key.js';
import type { RunChanges } from '../../../jobs/check/compare-runs.js';
import type { Finding } from './evidence.js';
import { isMuted } from './outcome-lists.js';

export interface Refusal {
  readonly remediation: string;
  readonly finding: string;
  readonly reason: string;
  readonly hint?: string | undefined;
  /** Not refused: a button asks for what it needs. */
  readonly needsParams?: boolean | undefined;
}

export interface ResultView {
  readonly runId: string;
  readonly run: CheckRun;
  readonly requestedBy: string;
  /** Narrowed by the request: `default, prod` or `node cn-hangzhou.10.0.0.1`. */
  readonly scope?: string | undefined;
  readonly changes?: RunChanges | undefined;
  readonly muted: readonly Mute[];
  readonly refusals: readonly Refusal[];
  readonly entries: EntryTitles;
  /** Entries that Kubernetes cannot show, for "not visible from here". */
  readonly blind: number;
}

/** Title and documentation of an entry, by id. */
type EntryTitles = ReadonlyMap<
  string,
  { readonly title: string; readonly links: readonly { readonly title: string; readonly url: string }[] }
>;

/** The findings of the checks that belong to one entry. */
export interface Group {
  readonly title: string;
  readonly doc?: { readonly title: string; readonly url: string } | undefined;
  readonly findings: readonly Finding[];
}

/** Findings by entry, the one with most to show for it first; muted ones are elsewhere. */
export function groupFindings(view: ResultView): Group[] {
  const groups = new Map<string, Group & { readonly findings: Finding[] }>();
  for (const { check, finding } of shownFindings(view)) {
    const own = finding.intent === undefined ? [] : [finding.intent];
    const entry = [...own, ...check.intents]
      .map((id) => view.entries.get(id))
      .find((found) => found !== undefined);
    const title = entry?.title ?? check.title;
    const group = groups.get(title) ?? { title, doc: entry?.links[0], findings: [] };
    group.findings.push(finding);
    groups.set(title, group);
  }
  return [...groups.values()].sort((a, b) => weightOf(b) - weightOf(a));
}

/** Evidence is a field, event or condition each: the more, the more is affected. */
const weightOf = ({ findings }: Group): number =>
  findings.reduce((sum, { evidence }) => sum + 1 + evidence.length, 0);

const shownFindings = ({ run, muted }: ResultView) =>
  run.checks.flatMap((check) =>
    check.findings
      .filter((finding) => finding.severity === 'problem' && !isMuted(finding, muted))
      .map((finding) => ({ check, finding })),
  );

export const isFresh = (finding: Finding, { changes }: ResultView): boolean =>
  changes?.fresh.includes(findingKey(finding)) ?? false;
