import { ZodError } from 'zod';
import { isAcknetError } from '../../errors.js';
import type { RedisClient } from '../../ops/connect-redis.js';
import { leaveAside, type OnUnreadable } from '../../ops/leave-aside.js';
import { onRedis } from '../../ops/on-redis.js';
import type { CardBacklog, ProposalStore } from '../../proposals/ports.js';
import type { Proposal } from '../../proposals/proposal.js';
import type { StoredProposal } from './load-proposal.js';
import type { ProposalKeys } from './proposal-keys.js';

interface ListOptions {
  readonly redis: RedisClient;
  readonly keys: ProposalKeys;
  readonly load: (id: string) => Promise<StoredProposal | undefined>;
  readonly now: () => Date;
  readonly retentionSeconds: number;
  /** Ended ones of a cluster, the newest ones. */
  readonly keepMost: number;
  readonly onUnreadable?: OnUnreadable | undefined;
}

interface ProposalLists
  extends Pick<ProposalStore, 'open' | 'history'>,
    Pick<CardBacklog, 'behind' | 'forgetCard'> {
  /** The audit log goes on knowing of them. One that is open stays, however old. */
  forgetOldest(cluster: string): Promise<void>;
}

/** Which proposals there are: an index names them, and who can write to Redis can put any id into any index. */
export function createProposalLists(options: ListOptions): ProposalLists {
  const { redis, keys, now, retentionSeconds, keepMost } = options;
  const many = readableAmong(options);
  return {
    behind: () => onRedis('list cards that are behind', () => redis.zrange(keys.behind, '0', '-1')),
    forgetCard: async (id) => {
      await onRedis('forget a card', () => redis.zrem(keys.behind, id));
    },
    open: async (cluster) =>
      many(await onRedis('list open changes', () => redis.zrange(keys.open(cluster), '0', '-1')), cluster),
    history: async (cluster, limit) => {
      const expired = now().getTime() - 2 * retentionSeconds * 1000;
      await onRedis('forget old changes', () =>
        redis.zremrangebyscore(keys.all(cluster), '-inf', String(expired)),
      );
      const read = () => redis.zrevrange(keys.all(cluster), '0', String(limit - 1));
      return many(await onRedis('list past changes', read), cluster);
    },
    forgetOldest: async (cluster) => {
      const all = () => redis.zrange(keys.all(cluster), '0', String(-(keepMost + 1)));
      const old = await onRedis('look for changes to forget', all);
      const open = new Set(old.length === 0 ? [] : await redis.zrange(keys.open(cluster), '0', '-1'));
      for (const id of old.filter((one) => !open.has(one)))
        await onRedis('forget an old change', () =>
          redis.multi().unlink(keys.proposal(id)).zrem(keys.all(cluster), id).zrem(keys.all(), id).exec(),
        );
    },
  };
}

/** Of these ids, what can be read and is of that cluster. */
function readableAmong({ load, onUnreadable }: ListOptions) {
  const aside = leaveAside(onUnreadable);
  const loadReadable = async (id: string): Promise<StoredProposal | undefined> => {
    try {
      return await load(id);
    } catch (error) {
      if (isAcknetError(error, 'proposal.unverified')) return undefined;
      if (!(error instanceof ZodError || error instanceof SyntaxError)) throw error;
      return aside(id, error);
    }
  };
  return async (ids: readonly string[], cluster: string | undefined): Promise<readonly Proposal[]> => {
    const found = await Promise.all(ids.map(loadReadable));
    return found.flatMap((stored) =>
      stored && (cluster === undefined || stored.proposal.cluster === cluster) ? [stored.proposal] : [],
    );
  };
}
