import { AcknetError } from '../../errors.js';
import type { DocumentWrite, Ledger } from '../../ops/audit/ledger.js';
import { isEnded, type Proposal } from '../../proposals/proposal.js';
import type { StoredProposal } from './load-proposal.js';
import { indexesOf, type ProposalKeys } from './proposal-keys.js';
import { type Changed, stateError } from './proposal-moves.js';
import { proposalText } from './proposal-text.js';

interface CommitOptions {
  readonly ledger: Ledger;
  readonly keys: ProposalKeys;
  readonly load: (id: string) => Promise<StoredProposal | undefined>;
  /** How long one that has ended stays. */
  readonly retentionSeconds: number;
}

/** Writes one step of a proposal, and what it makes of the one it undoes, as a whole; false = somebody moved meanwhile. */
export function createProposalCommit({ ledger, keys, load, retentionSeconds }: CommitOptions) {
  const write = (proposal: Proposal, expected: string): DocumentWrite => ({
    key: keys.proposal(proposal.id),
    expected,
    value: proposalText(proposal),
    ttlSeconds: isEnded(proposal) ? retentionSeconds : undefined,
  });

  return async ({ next, entry, inLine }: Changed, before: StoredProposal | undefined): Promise<boolean> => {
    const moves = before?.proposal.state !== next.state;
    const original = moves ? await originalOf(next, load) : undefined;
    const behind = inLine ? undefined : Date.parse(next.createdAt);
    const written = [next, ...(original ? [original.proposal] : [])];
    const documents = [
      write(next, before?.revision ?? ''),
      ...(original ? [write(original.proposal, original.revision)] : []),
    ];
    const cards = written.map(({ id }) => ({ key: keys.behind, member: id, score: behind }));
    const indexes = [...(moves ? indexesOf(keys, next) : []), ...cards];
    return (await ledger.commit({ documents, indexes, entry })) !== 'moved';
  };
}

/** The original of an undo, as it stands once the undo has taken `next`'s state; undefined = it stays as it is. */
async function originalOf(next: Proposal, load: CommitOptions['load']): Promise<StoredProposal | undefined> {
  if (next.undoes === undefined) return undefined;
  const original = await load(next.undoes);
  if (next.state !== 'proposed') {
    if (original?.proposal.undoneBy !== next.id) return undefined;
    const marked = markedUndone(original.proposal, next);
    return marked && { ...original, proposal: marked };
  }
  if (!original) throw unknownProposal(next.undoes);
  if (original.proposal.undoneBy === next.id) return undefined;
  if (original.proposal.undoneBy !== undefined)
    throw stateError(original.proposal, 'is being undone already');
  return { ...original, proposal: { ...original.proposal, undoneBy: next.id } };
}

/** An undo that ended like this changed nothing for good: the original may be undone again. */
const releasesOriginal = new Set<Proposal['state']>([
  'rejected',
  'expired',
  'superseded',
  'stale',
  'failed',
  'aborted',
]);

/** What an undo that moves leaves of its original: a card must not go on saying that the fix is in effect. */
function markedUndone(original: Proposal, undo: Proposal): Proposal | undefined {
  if (undo.state === 'applying') return { ...original, undone: 'begun' };
  if (undo.state === 'verifying') return { ...original, undone: 'done' };
  if (!releasesOriginal.has(undo.state)) return undefined;
  const { undoneBy: _, undone, ...released } = original;
  const touched = undo.steps.some(({ state }) => state !== 'pending');
  return undone !== undefined && touched ? { ...released, undone } : released;
}

export const unknownProposal = (id: string): AcknetError =>
  new AcknetError('proposal.unknown', `There is no change ${id.slice(0, 40)} any more.`, {
    hint: 'It is older than what acknet keeps. Run the check again for an up-to-date card.',
  });
