import { mayBeUndone } from '../proposals/may-be-undone.js';
import type { Person, Proposal } from '../proposals/proposal.js';
import type { Approvals, ApprovalsOptions } from './approvals.js';
import { type Authorisation, authorise, closedToChanges } from './authorise.js';
import { createDecisions } from './create-decisions.js';
import { expireProposal, supersedeProposals } from './end-proposals.js';
import { reportingProof } from './proof/reporting-proof.js';
import { OUT_OF_DATE, recordRefusal } from './refusals.js';
import { samePerson } from './same-person.js';
import { termsOf } from './terms-of.js';
import { votesStillStand } from './votes-still-stand.js';

export type { Approvals, ApprovalsOptions, Decision, Terms } from './approvals.js';

export function createApprovals(options: ApprovalsOptions): Approvals {
  const { store, config } = options;
  return {
    ...createDecisions(options),
    terms: (cluster, risk) => termsOf(config, cluster, risk),
    expire: (proposal) => expireProposal(options, proposal),
    supersede: (cluster, runId, examined = () => true) =>
      supersedeProposals(options, { cluster, runId, examined }),

    may: async (action, who, cluster) => {
      const verdict = await authorise(options, { action, who, cluster });
      if (!verdict.ok) await recordRefusal(options, { action, who, reason: verdict.reason, cluster });
      return verdict;
    },

    allows: (action, who, cluster) => authorise(options, { action, who, cluster }),

    maySee: async (who, cluster) => {
      const asking = await authorise(options, { action: 'ask', who, cluster });
      if (asking.ok) return asking;
      const deciding = await authorise(options, { action: 'reject', who, cluster });
      return deciding.ok ? deciding : asking;
    },

    mayApprove: async (who, proposal) => {
      if (proposal.votes.some((vote) => samePerson(config.people, vote, who)))
        return { ok: false, reason: 'You have voted on it already.' };
      const original = proposal.undoes === undefined ? undefined : await store.get(proposal.undoes);
      const { cluster } = proposal;
      return authorise(options, { action: 'approve', who, cluster, proposal, original });
    },

    mayUndo: async (id, who) => {
      const proposal = await reportingProof(options, id)();
      const verdict = await undoVerdict(options, who, proposal);
      const about = { action: 'undo', who, id, cluster: proposal?.cluster } as const;
      if (!verdict.ok) await recordRefusal(options, { ...about, reason: verdict.reason });
      return { ...verdict, proposal };
    },

    mayPropose: (name) => {
      const cluster = Object.hasOwn(config.clusters, name) ? config.clusters[name] : undefined;
      return cluster ? (closedToChanges(cluster) ?? true) : `No cluster named ${name} is configured.`;
    },

    proof: (id) => reportingProof(options, id),

    mayStillApply: async (proposal) => {
      const original = proposal.undoes === undefined ? undefined : await store.get(proposal.undoes);
      return votesStillStand(options, proposal, original);
    },
  };
}

async function undoVerdict(
  options: ApprovalsOptions,
  who: Person,
  proposal: Proposal | undefined,
): Promise<Authorisation> {
  if (!proposal) return { ok: false, reason: OUT_OF_DATE };
  const verdict = await authorise(options, { action: 'undo', who, cluster: proposal.cluster, proposal });
  if (!verdict.ok) return verdict;
  if (proposal.undo === 'none') return { ok: false, reason: 'This kind of change cannot be undone.' };
  if (proposal.undoneBy !== undefined)
    return { ok: false, reason: 'It is undone, or being undone, already.' };
  if (!mayBeUndone(proposal))
    return { ok: false, reason: `There is nothing to undo: this change is ${proposal.state}.` };
  return { ok: true };
}
