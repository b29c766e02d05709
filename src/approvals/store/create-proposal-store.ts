import { setTimeout as sleep } from 'node:timers/promises';
import type { Ledger } from '../../ops/audit/ledger.js';
import type { RedisClient } from '../../ops/connect-redis.js';
import type { OnUnreadable } from '../../ops/leave-aside.js';
import type { CardBacklog, ProposalStore } from '../../proposals/ports.js';
import { isEnded, type Proposal, proposalSchema } from '../../proposals/proposal.js';
import { type ChangeProof, createChangeProof } from '../proof/create-change-proof.js';
import { createProposalCommit, unknownProposal } from './commit-proposal.js';
import { loadProposal, type OnUnverified, type StoredProposal } from './load-proposal.js';
import { offeredAgain, placed } from './move-card.js';
import { proposalKeys } from './proposal-keys.js';
import { createProposalLists } from './proposal-lists.js';
import {
  abortRequested,
  type Changed,
  cardGivenUp,
  caredFor,
  created,
  moved,
  stateError,
  stepped,
  voted,
} from './proposal-moves.js';

interface ProposalStoreOptions {
  readonly redis: RedisClient;
  readonly prefix: string;
  readonly ledger: Ledger;
  readonly now: () => Date;
  /** How long ended proposals are kept for history and undo. */
  readonly retentionDays?: number;
  /** Ended ones of a cluster, the newest ones. */
  readonly keepMost?: number;
  /** Told after each transition, e.g. for metrics. */
  readonly onMoved?: (proposal: Proposal) => void;
  /** Told once of each stored proposal that this version cannot read; lists leave it out, so that it stops nothing else. */
  readonly onUnreadable?: OnUnreadable;
  /** Told of a stored proposal that somebody else wrote; nothing is done with it. */
  readonly onUnverified?: OnUnverified;
}

export interface ProvenStore extends ProposalStore, CardBacklog {
  proof(id: string): ChangeProof;
}

const DAY_SECONDS = 86_400;

export function createProposalStore(options: ProposalStoreOptions): ProvenStore {
  const { redis, ledger, now, onMoved, onUnreadable, keepMost = 5000, retentionDays = 90 } = options;
  const keys = proposalKeys(options.prefix);
  const retentionSeconds = retentionDays * DAY_SECONDS;
  const load = (id: string) => loadProposal(options, { id, key: keys.proposal(id) });
  const write = createProposalCommit({ ledger, keys, load, retentionSeconds });
  const lists = { redis, keys, load, now, retentionSeconds, keepMost, onUnreadable };
  const { forgetOldest, ...listed } = createProposalLists(lists);

  async function commit(changed: Changed, before: StoredProposal | undefined): Promise<boolean> {
    if (!(await write(changed, before))) return false;
    const { next } = changed;
    if (before?.proposal.state === next.state) return true;
    onMoved?.(next);
    // What stands is stored: the next one that ends tries again.
    if (isEnded(next)) await forgetOldest(next.cluster).catch(() => undefined);
    return true;
  }

  /** Reads, decides, and writes only if nothing moved meanwhile; decides anew otherwise. */
  async function update(id: string, decide: (proposal: Proposal) => Changed): Promise<Proposal> {
    for (;;) {
      const stored = await load(id);
      if (!stored) throw unknownProposal(id);
      const changed = decide(stored.proposal);
      if (changed.next === stored.proposal || (await commit(changed, stored))) return changed.next;
      await sleep(Math.random() * 10);
    }
  }

  return {
    ...listed,
    create: async (proposal) => {
      const parsed = proposalSchema.parse(proposal);
      while (!(await commit(created(parsed), undefined))) {
        if (await load(parsed.id)) throw stateError(parsed, 'exists already');
      }
    },
    get: async (id) => (await load(id))?.proposal,
    proof: (id) => createChangeProof({ ledger, load, keyOf: keys.proposal }, id),
    move: (id, move) => update(id, (proposal) => moved(proposal, move, now())),
    recordStep: (id, step, fence) => update(id, (proposal) => stepped(proposal, step, { now: now(), fence })),
    vote: (id, vote, policy) => update(id, (proposal) => voted(proposal, vote, policy)),
    offerAgain: (id, again) => update(id, (proposal) => offeredAgain(proposal, again)),
    recordCare: (id, care) => update(id, (proposal) => caredFor(proposal, care, now())),
    requestAbort: (id, by) => update(id, (proposal) => abortRequested(proposal, by, now())),
    placeCard: (id, card, shown) => update(id, (proposal) => placed(proposal, card, shown)),
    giveUpCard: async (id, why) => {
      await update(id, (proposal) => cardGivenUp(proposal, why, now()));
    },
  };
}
