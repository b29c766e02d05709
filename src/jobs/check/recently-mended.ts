import type { Finding, Mended } from '../../checks/judging/define-check.js';
import type { CheckRun } from '../../engine/checking/check-run.js';
import { faultOf } from '../../engine/diagnosis/fault-of.js';
import type { ProposalStore } from '../../proposals/ports.js';
import type { Proposal } from '../../proposals/proposal.js';
import { remediations } from '../../remediations/index.js';
import type { RunStore } from './create-run-store.js';

interface Ports {
  readonly store: Pick<ProposalStore, 'history'>;
  readonly runs: Pick<RunStore, 'get' | 'last'>;
  readonly now: () => Date;
}

const LOOKED_AT = 20;
/** As long as an event counts for a symptom. */
const WINDOW_MS = 1_200_000;
/** Its changes are made, and nothing says that they did not help. */
const made: ReadonlySet<Proposal['state']> = new Set(['verifying', 'unproven', 'fixed']);

/** Fixes of the last minutes, each with the findings of the run it came from that it was for. */
export async function recentlyMended(
  { store, runs, now }: Ports,
  cluster: string,
): Promise<readonly Mended[]> {
  const all = await store.history(cluster, LOOKED_AT);
  const fixes = all.flatMap((proposal) => {
    const at = Date.parse(proposal.appliedAt ?? proposal.endedAt ?? '');
    const counts = made.has(proposal.state) && proposal.undoes === undefined && proposal.undone === undefined;
    return counts && now().getTime() - at < WINDOW_MS ? [{ proposal, at: new Date(at) }] : [];
  });
  return Promise.all(
    fixes.map(async ({ proposal, at }) => {
      const { run } = proposal;
      const before = run === undefined ? (await runs.last(cluster))?.run : await runs.get(run);
      return { at, findings: before === undefined ? [] : mendedIn(before, proposal) };
    }),
  );
}

/** What it was offered for, and what other checks say of the same fault. */
function mendedIn({ checks }: CheckRun, { finding, remediation }: Proposal): readonly Finding[] {
  const all: readonly Finding[] = checks.flatMap(({ findings }) => findings as readonly Finding[]);
  const fixes = remediations.find(({ id }) => id === remediation)?.fixes ?? [];
  const own = all.filter(({ id, about }) =>
    finding === undefined
      ? fixes.includes(id)
      : id === finding.id && about.kind === finding.about.kind && about.name === finding.about.name,
  );
  const faults = new Set(own.map(faultOf));
  return all.filter((entry) => own.includes(entry) || faults.has(faultOf(entry)));
}
