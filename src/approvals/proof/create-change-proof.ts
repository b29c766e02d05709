import { type Ledger, recordOf } from '../../ops/audit/ledger.js';
import { isEnded, type Proposal } from '../../proposals/proposal.js';
import type { StoredProposal } from '../store/load-proposal.js';
import { type Doubt, UnverifiedChange } from './doubt.js';
import { type Mark, readTrail, type Trail } from './read-trail.js';

interface ProofOptions {
  readonly ledger: Ledger;
  readonly load: (id: string) => Promise<StoredProposal | undefined>;
  /** Of the document of a proposal. */
  readonly keyOf: (id: string) => string;
}

/**
 * The change as the audit chain bears it out at this moment; undefined = there is none. Throws `UnverifiedChange` where
 * Redis holds anything else.
 */
export type ChangeProof = () => Promise<Proposal | undefined>;

/** What it read of the chain once is not read again: asked before each step of a long roll-out, it reads the news. */
export function createChangeProof(options: ProofOptions, id: string): ChangeProof {
  let known: Trail | undefined;
  return async () => {
    for (;;) {
      const stored = await options.load(id);
      if (!stored) return undefined;
      const original =
        stored.proposal.undoes === undefined ? undefined : await options.load(stored.proposal.undoes);
      const trail = await readTrail(options.ledger, id, known);
      const doubt = typeof trail === 'string' ? trail : doubtOf(options, { trail, stored, original });
      if (doubt === undefined) {
        known = typeof trail === 'string' ? undefined : trail;
        return stored.proposal;
      }
      // Read while someone changed it rightfully: then it is to be judged anew.
      const [now, then] = await Promise.all([
        options.load(id),
        original && options.load(original.proposal.id),
      ]);
      if (now?.revision === stored.revision && then?.revision === original?.revision)
        throw new UnverifiedChange(id, doubt);
    }
  };
}

interface Found {
  readonly trail: Trail;
  readonly stored: StoredProposal;
  readonly original: StoredProposal | undefined;
}

function doubtOf({ keyOf }: ProofOptions, { trail, stored, original }: Found): Doubt | undefined {
  const { proposal } = stored;
  const own = trail.marks.filter((mark) => mark.proposal === proposal.id);
  const ended = own.some(({ to }) => to !== undefined && isEnded({ state: to }));
  if (ended && !isEnded(proposal)) return 'ended';
  if (own.find(({ to }) => to !== undefined)?.to !== proposal.state) return 'replayed';
  if (!isNewest(trail, keyOf(proposal.id), stored) || !isUnbroken(trail, keyOf(proposal.id)))
    return 'replayed';
  if (original && !isNewest(trail, keyOf(original.proposal.id), original)) return 'replayed';
  return proposal.votes.every((vote) => isRecorded(proposal, vote, own)) ? undefined : 'vote-unrecorded';
}

/** The document is of the last record that wrote it. */
function isNewest({ marks }: Trail, key: string, { revision }: StoredProposal): boolean {
  return marks.find(({ writes }) => writes?.[key] !== undefined)?.hash === recordOf(revision);
}

/** Each record that wrote it went on from the one before: nothing was written over an old state put back in between. */
function isUnbroken({ marks }: Trail, key: string): boolean {
  const writing = marks.flatMap(({ writes, hash }) =>
    writes?.[key] === undefined ? [] : { hash, after: writes[key] },
  );
  return writing.every(({ after }, at) => after === (writing[at + 1]?.hash ?? ''));
}

const isRecorded = ({ digest }: Proposal, vote: Proposal['votes'][number], own: readonly Mark[]): boolean =>
  own.some(
    ({ action, actor, at, digest: voted }) =>
      action === (vote.decision === 'approve' ? 'vote.approve' : 'vote.deny') &&
      typeof actor === 'object' &&
      actor.user === vote.user &&
      actor.team === vote.team &&
      Date.parse(at) === Date.parse(vote.at) &&
      voted === digest,
  );
