import { AcknetError } from '../errors.js';
import { type Authority, authorise } from './authorise.js';
import type { Person, Proposal, Vote } from './proposal.js';
import { samePerson } from './same-person.js';

interface Question {
  readonly proposal: Proposal;
  readonly original: Proposal | undefined;
  readonly quorumFor: (proposal: Proposal, who: Person, original: Proposal | undefined) => number;
}

/** Asks again, just before the write, whether enough of those who approved still may. */
export async function votesStillStand(
  authority: Authority,
  { proposal, original, quorumFor }: Question,
): Promise<true | string> {
  const approving = proposal.votes.filter(({ decision }) => decision === 'approve');
  const standing: Vote[] = [];
  const reasons: string[] = [];
  for (const vote of approving) {
    const verdict = await authorise(authority, {
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
      !standing.slice(0, index).some((earlier) => samePerson(authority.config.people, earlier, vote)),
  );
  const needed = Math.min(...people.map((vote) => quorumFor(proposal, vote, original)));
  if (people.length > 0 && people.length >= needed) return true;
  const why = [...new Set(reasons)].join(' ');
  return `The approval no longer holds: ${people.length} of ${approving.length} vote(s) still count.${why && ` ${why}`}`;
}
