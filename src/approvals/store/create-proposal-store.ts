import { setTimeout as sleep } from 'node:timers/promises';
import { ZodError } from 'zod';
import { AcknetError, isAcknetError } from '../../errors.js';
import type { DocumentWrite, Ledger } from '../../ops/audit/ledger.js';
import type { RedisClient } from '../../ops/connect-redis.js';
import { leaveAside, type OnUnreadable } from '../../ops/leave-aside.js';
import { onRedis } from '../../ops/on-redis.js';
import type { CardBacklog, ProposalStore } from '../../proposals/ports.js';
import { isEnded, type Proposal, proposalSchema } from '../../proposals/proposal.js';
import { type ChangeProof, createChangeProof } from '../proof/create-change-proof.js';
import { loadProposal, type OnUnverified, type StoredProposal } from './load-proposal.js';
import { offeredAgain, placed } from './move-card.js';
import { indexesOf, proposalKeys } from './proposal-keys.js';
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
import { proposalText } from './proposal-text.js';

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

const DAY_SECONDS = 86_400;

export function createProposalStore(options: ProposalStoreOptions): ProvenStore {
  const { redis, ledger, now } = options;
  const keys = proposalKeys(options.prefix);
  const aside = leaveAside(options.onUnreadable);
  const { keepMost = 5000 } = options;
  const retention = (options.retentionDays ?? 90) * DAY_SECONDS;

  const load = (id: string) => loadProposal(options, { id, key: keys.proposal(id) });

  const write = (proposal: Proposal, expected: string): DocumentWrite => ({
    key: keys.proposal(proposal.id),
    expected,
    value: proposalText(proposal),
    ttlSeconds: isEnded(proposal) ? retention : undefined,
  });

  /** The original of an undo, as it stands once the undo has taken `next`'s state; undefined = it stays as it is. */
  async function originalOf(next: Proposal): Promise<StoredProposal | undefined> {
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

  async function commit(
    { next, entry, inLine }: Changed,
    before: StoredProposal | undefined,
  ): Promise<boolean> {
    const moves = before?.proposal.state !== next.state;
    const original = moves ? await originalOf(next) : undefined;
    const documents = [
      write(next, before?.revision ?? ''),
      ...(original ? [write(original.proposal, original.revision)] : []),
    ];
    const behind = inLine ? undefined : Date.parse(next.createdAt);
    const cards = [
      { key: keys.behind, member: next.id, score: behind },
      ...(original ? [{ key: keys.behind, member: original.proposal.id, score: behind }] : []),
    ];
    const indexes = [...(moves ? indexesOf(keys, next) : []), ...cards];
    if ((await ledger.commit({ documents, indexes, entry })) === 'moved') return false;
    if (moves) options.onMoved?.(next);
    // What stands is stored: the next one that ends tries again.
    if (moves && isEnded(next)) await forgetOldest(next.cluster).catch(() => undefined);
    return true;
  }

  /** The audit log goes on knowing of them. One that is open stays, however old. */
  async function forgetOldest(cluster: string): Promise<void> {
    const all = () => redis.zrange(keys.all(cluster), '0', String(-(keepMost + 1)));
    const old = await onRedis('look for changes to forget', all);
    const open = new Set(old.length === 0 ? [] : await redis.zrange(keys.open(cluster), '0', '-1'));
    for (const id of old.filter((one) => !open.has(one)))
      await onRedis('forget an old change', () =>
        redis.multi().unlink(keys.proposal(id)).zrem(keys.all(cluster), id).zrem(keys.all(), id).exec(),
      );
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

  /** What an index names, as far as it is of that cluster: who can write to Redis can put any id into any index. */
  async function many(ids: readonly string[], cluster: string | undefined): Promise<readonly Proposal[]> {
    const found = await Promise.all(ids.map(loadReadable));
    return found.flatMap((stored) =>
      stored && (cluster === undefined || stored.proposal.cluster === cluster) ? [stored.proposal] : [],
    );
  }

  async function loadReadable(id: string): Promise<StoredProposal | undefined> {
    try {
      return await load(id);
    } catch (error) {
      if (isAcknetError(error, 'proposal.unverified')) return undefined;
      if (!(error instanceof ZodError || error instanceof SyntaxError)) throw error;
      return aside(id, error);
    }
  }

  return {
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
    behind: () => onRedis('list cards that are behind', () => redis.zrange(keys.behind, '0', '-1')),
    giveUpCard: async (id, why) => {
      await update(id, (proposal) => cardGivenUp(proposal, why, now()));
    },
    forgetCard: async (id) => {
      await onRedis('forget a card', () => redis.zrem(keys.behind, id));
    },
    open: async (cluster) =>
      many(await onRedis('list open changes', () => redis.zrange(keys.open(cluster), '0', '-1')), cluster),
    history: async (cluster, limit) => {
      const expired = now().getTime() - 2 * retention * 1000;
      await onRedis('forget old changes', () =>
        redis.zremrangebyscore(keys.all(cluster), '-inf', String(expired)),
      );
      const read = () => redis.zrevrange(keys.all(cluster), '0', String(limit - 1));
      return many(await onRedis('list past changes', read), cluster);
    },
  };
}

const unknownProposal = (id: string): AcknetError =>
  new AcknetError('proposal.unknown', `There is no change ${id.slice(0, 40)} any more.`, {
    hint: 'It is older than what acknet keeps. Run the check again for an up-to-date card.',
  });
