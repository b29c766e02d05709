import type { Proposal } from '../../../proposals/proposal.js';
import { checkTexts } from '../../../texts/checks.js';
import { mentionUser, when } from '../../kit/writing/mrkdwn.js';

const { after: texts } = checkTexts;

/** One change in one line: when, by whom, and whether it helped. Trusted mrkdwn. */
export function fixNote(proposal: Proposal): string {
  const { state, undoes, votes, endedAt, appliedAt, createdAt } = proposal;
  const time = when(endedAt ?? appliedAt ?? createdAt, '{time}');
  const by = votes.filter(({ decision }) => decision === 'approve').at(-1)?.user;
  const who = by === undefined ? texts.nobody : mentionUser(by);
  if (state === 'fixed') return undoes === undefined ? texts.fixed(time, who) : texts.putBack(time, who);
  if (state === 'still-found') return texts.stillThere(time, who);
  return state === 'unproven' ? texts.unproven(time, who) : texts.unfinished(time);
}
