import type { Person, Proposal } from '../proposals/proposal.js';
import type { ApprovalsOptions, Decision } from './approvals.js';
import type { Action, Entitled } from './authorise.js';

export const OUT_OF_DATE =
  'This card is out of date: acknet no longer knows its change. Run the check again.';

interface Refused {
  readonly action: Action;
  readonly who: Person;
  readonly reason: string;
  readonly cluster?: string | undefined;
  /** What a button carried: not to be trusted. */
  readonly id?: string | undefined;
}

export async function recordRefusal(
  { audit, now }: Pick<ApprovalsOptions, 'audit' | 'now'>,
  { action, who, reason, cluster, id }: Refused,
): Promise<void> {
  await audit.append({
    action: `${action}.refused`,
    actor: who,
    at: now().toISOString(),
    detail: reason,
    cluster,
    proposal: id?.slice(0, 40),
  });
}

interface RefusedClick extends Refused {
  readonly id: string;
  readonly entitled?: Entitled | undefined;
  readonly proposal?: Proposal | undefined;
}

export async function refuseClick(
  options: Pick<ApprovalsOptions, 'audit' | 'now'>,
  { entitled, proposal, ...refused }: RefusedClick,
): Promise<Decision> {
  await recordRefusal(options, { ...refused, cluster: proposal?.cluster });
  return {
    kind: 'refused',
    reason: refused.reason,
    entitled,
    proposal,
  };
}
