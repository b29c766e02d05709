import { maskedDocument } from '../../masking/masked-document.js';
import type { Masked } from '../../masking/masked.js';
import type { Proposal } from '../../proposals/proposal.js';

/** Ids and hashes, what the plan is made anew from, and what an undo writes back byte for byte. */
const asTheyStand = new Set([
  ...['id', 'digest', 'uid', 'clusterUid', 'resourceVersion', 'user', 'team', 'channel', 'ts', 'threadTs'],
  ...['about', 'target', 'params', 'changes', 'basis', 'host'],
]);

/** A proposal as it is kept: what is said in it, in words of servers and of people, is masked. */
export const proposalText = (proposal: Proposal): Masked => maskedDocument(proposal, asTheyStand);
