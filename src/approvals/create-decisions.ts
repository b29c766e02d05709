import { isAcknetError } from '../errors.js';
import { mask } from '../masking/mask.js';
import type { Person, Proposal, Vote } from '../proposals/proposal.js';
import type { Approvals, ApprovalsOptions, Decision } from './approvals.js';
import { type Action, authorise } from './authorise.js';
import { expireProposal } from './end-proposals.js';
import { reportingProof } from './proof/reporting-proof.js';
import { OUT_OF_DATE, refuseClick } from './refusals.js';
import { samePerson } from './same-person.js';
import { quorumFor, termsOf } from './terms-of.js';

const MAX_REASON = 500;

interface Click {
  readonly action: Action;
  readonly id: string;
  readonly who: Person;
}

type Step = (proposal: Proposal, original: Proposal | undefined) => Promise<Decision>;

/** What a click on a card can do, each authorised anew, each one atomic step or a refusal with its reason. */
export function createDecisions(options: ApprovalsOptions): Pick<Approvals, 'approve' | 'reject' | 'abort'> {
  const { store, config, now } = options;
  const same = (one: Person, other: Person): boolean => samePerson(config.people, one, other);
  const voteOf = (who: Person, decision: Vote['decision'], reason: string | undefined): Vote => ({
    ...who,
    decision,
    at: now().toISOString(),
    reason,
  });

  return {
    approve: (id, who, given) =>
      decide(options, { action: 'approve', id, who }, async (proposal, original) => {
        const reason = reasonOf(given);
        const terms = termsOf(config, proposal.cluster, proposal.risk);
        const wanted = proposal.requireReason || terms.requireReason;
        if (wanted && reason === undefined && proposal.state === 'proposed')
          return { kind: 'needs-reason', proposal };
        await expireProposal(options, proposal);
        const quorum = quorumFor(config, { proposal, who, original });
        const after = await store.vote(id, voteOf(who, 'approve', reason), { quorum, samePerson: same });
        if (after.state === 'approved') return { kind: 'approved', proposal: after };
        return { kind: 'voted', proposal: after, missing: quorum - after.votes.length };
      }),

    reject: (id, who, given) =>
      decide(options, { action: 'reject', id, who }, async (proposal) => {
        await expireProposal(options, proposal);
        const vote = voteOf(who, 'deny', reasonOf(given));
        return { kind: 'rejected', proposal: await store.vote(id, vote, { quorum: 1, samePerson: same }) };
      }),

    abort: (id, who) =>
      decide(options, { action: 'abort', id, who }, async () => ({
        kind: 'abort-requested',
        proposal: await store.requestAbort(id, who),
      })),
  };
}

/** Authorises the click, then takes the step; whatever stands against it becomes a refusal. */
async function decide(options: ApprovalsOptions, click: Click, step: Step): Promise<Decision> {
  const { store } = options;
  const { action, id, who } = click;
  const proposal = await verified(options, id);
  if (typeof proposal === 'string') return refuseClick(options, { ...click, reason: proposal });
  const original = proposal.undoes === undefined ? undefined : await store.get(proposal.undoes);
  const verdict = await authorise(options, { action, who, cluster: proposal.cluster, proposal, original });
  if (!verdict.ok) {
    const { reason, entitled } = verdict;
    return refuseClick(options, { ...click, reason, entitled, proposal });
  }
  try {
    return await step(proposal, original);
  } catch (error) {
    if (!isAcknetError(error, 'proposal.state')) throw error;
    const reason = [error.message, error.hint].filter(Boolean).join(' ');
    return refuseClick(options, { ...click, reason, proposal: (await store.get(id)) ?? proposal });
  }
}

/** The change as seal and audit log bear it out, or why nothing can be done with it. */
async function verified(options: ApprovalsOptions, id: string): Promise<Proposal | string> {
  try {
    return (await reportingProof(options, id)()) ?? OUT_OF_DATE;
  } catch (error) {
    if (!isAcknetError(error, 'proposal.unverified')) throw error;
    return [error.message, error.hint].filter(Boolean).join(' ');
  }
}

function reasonOf(given: string | undefined): string | undefined {
  const reason = given === undefined ? undefined : mask(given.trim()).slice(0, MAX_REASON);
  return reason === '' ? undefined : reason;
}
