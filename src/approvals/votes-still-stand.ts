import { AcknetError } from '../errors.js';
import type { Proposal, Vote } from '../proposals/proposal.js';
import type { ApprovalsOptions } from './approvals.js';
import { authorise } from './authorise.js';
import { samePerson } from './same-person.js';
import { quorumFor } from './terms-of.js';

/** Asks again, just before the write, whether enough of those who approved still may. */
export async function votesStillStand(
  options: ApprovalsOptions,
  proposal: Proposal,
  original: Proposal | undefined,
): Promise<true | string> {
  const approving = proposal.votes.filter(({ decision }) => decision === 'approve');
  const standing: Vote[] = [];
  const reasons: string[] = [];
  for (const vote of approving) {
    const verdict = await authorise(options, {
      action: 'approve',
      who: vote,
      cluster: proposal.cluster,
      proposal,
      original,
    });
    if (verdict.ok) standing.push(vote);
    else if (verdict.undecided)
      throw new AcknetError('slack.failed', 'Slack could not say whether the approvers still may approve.');
    else reasons.push(verdict.reason);
  }
  const people = standing.filter(
    (vote, index) =>
      !standing.slice(0, index).some((earlier) => samePerson(options.config.people, earlier, vote)),
  );
  const needed = Math.min(
    ...people.map((vote) => quorumFor(options.config, { proposal, who: vote, original })),
  );
  if (people.length > 0 && people.length >= needed) return true;
  const why = [...new Set(reasons)].join(' ');
  return `The approval no longer holds: ${people.length} of ${approving.length} vote(s) still count.${why && ` ${why}`}`;
}
