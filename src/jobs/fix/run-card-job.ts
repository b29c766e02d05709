import { isDeepStrictEqual } from 'node:util';
import type { Approvals } from '../../approvals/create-approvals.js';
import type { Distrust, Distrusted } from '../../approvals/proof/create-distrust.js';
import { asShown } from '../../approvals/store/move-card.js';
import { isAcknetError } from '../../errors.js';
import { mask } from '../../masking/mask.js';
import type { RedisClient } from '../../ops/connect-redis.js';
import { acquireLease } from '../../ops/lease.js';
import type { Logger } from '../../ops/log.js';
import type { CardBacklog, ProposalStore } from '../../proposals/ports.js';
import { isEnded, type Proposal } from '../../proposals/proposal.js';
import type { Queues } from '../queues/queues.js';
import { type JobHandler, Postponed } from '../job-context.js';
import type { CardPresenter } from '../ports.js';
import type { CardTask } from './card-task.js';

interface CardHandlerPorts {
  readonly store: ProposalStore & CardBacklog;
  readonly approvals: Pick<Approvals, 'expire'>;
  readonly distrust: Pick<Distrust, 'of'>;
  readonly presenter: CardPresenter;
  readonly queues: Pick<Queues, 'card' | 'catchUpCard' | 'fix'>;
  readonly redis: RedisClient;
  readonly prefix: string;
  /** How long a dead worker keeps the others from the card it was at; default 30 s. */
  readonly leaseMs?: number;
  readonly now: () => Date;
  readonly logger: Logger;
}

export function createCardHandler(ports: CardHandlerPorts): JobHandler<CardTask> {
  return async (job) => {
    if (job.task === 'show') return showCard(ports, job.proposalId);
    if (job.task === 'catch-up') return catchUp(ports, job.proposalId);
    if (job.task === 'expire') return expire(ports, job.proposalId);
    return sweep(ports);
  };
}

const CARD_LEASE_MS = 30_000;
const CARD_RETRY_MS = 200;

/** One worker at a time per card, so that it is posted once and an older state never overwrites a newer one. */
export const showCard = (ports: CardHandlerPorts, id: string): Promise<void> =>
  alone(ports, id, () => showUntilCurrent(ports, id));

/** Whoever was at it when it was found to lag behind may have shown it by now. */
const catchUp = (ports: CardHandlerPorts, id: string): Promise<void> =>
  alone(ports, id, async () => {
    if ((await ports.store.behind()).includes(id)) await showUntilCurrent(ports, id);
  });

async function alone(ports: CardHandlerPorts, id: string, work: () => Promise<void>): Promise<void> {
  const { redis, prefix } = ports;
  const lease = await acquireLease(redis, {
    key: `${prefix}:card:${id}`,
    counter: `${prefix}:card-token`,
    holder: id,
    leaseMs: ports.leaseMs ?? CARD_LEASE_MS,
  });
  if (!lease) throw new Postponed(CARD_RETRY_MS);
  try {
    await work();
  } finally {
    await lease.release();
  }
}

async function showUntilCurrent(ports: CardHandlerPorts, id: string): Promise<void> {
  const { store, presenter, logger } = ports;
  for (;;) {
    const proposal = await store.get(id).catch(unlessUnverified);
    const distrusted = await ports.distrust.of(id);
    if (distrusted) return refuse(ports, id, distrusted);
    if (!proposal) {
      logger.warn({ proposal: id }, 'a card was asked for a change that is gone');
      return store.forgetCard(id);
    }
    const card = await presenter.show(proposal).catch((error: unknown) => giveUp(ports, proposal, error));
    if (card === undefined) return;
    const stored = await store.placeCard(id, card, proposal);
    if (isDeepStrictEqual(stored, asShown(proposal, card))) return;
  }
}

/** Said once in its place; a card that Slack does not take cannot be put right by asking again. */
async function refuse(
  { presenter, store, logger }: CardHandlerPorts,
  id: string,
  distrusted: Distrusted,
): Promise<void> {
  await presenter.refuse(id, distrusted).catch((error: unknown) => {
    if (!isAcknetError(error) || error.retry) throw error;
    logger.error({ proposal: id, err: error }, 'the card of a refused change cannot be edited');
  });
  await store.forgetCard(id);
}

/** Nothing waits for the card of an ended change: where Slack does not take it, trying again would never end. */
async function giveUp(
  { store, logger, now }: CardHandlerPorts,
  proposal: Proposal,
  error: unknown,
): Promise<undefined> {
  if (!isEnded(proposal) || isAcknetError(error, 'redis.unavailable')) throw error;
  const isFinal = isAcknetError(error) && !error.retry;
  const endedMs = Date.parse(proposal.endedAt ?? proposal.expiresAt);
  if (!isFinal && now().getTime() - endedMs < PATIENCE_MS) throw error;
  await store.giveUpCard(proposal.id, mask(error instanceof Error ? error.message : String(error)));
  logger.error({ proposal: proposal.id, state: proposal.state, err: error }, 'a card is given up');
}

/** How long an ended change's card waits for a Slack that fails in passing. */
const PATIENCE_MS = 24 * 3_600_000;

/** It is marked as refused by now. */
function unlessUnverified(error: unknown): undefined {
  if (!isAcknetError(error, 'proposal.unverified')) throw error;
}

async function expire({ approvals, queues, store }: CardHandlerPorts, id: string): Promise<void> {
  const proposal = await store.get(id);
  if (proposal && (await approvals.expire(proposal))) await queues.card({ proposalId: id });
}

/**
 * Looks after what nobody else will: cards that fell due while everything was down, approvals whose job was lost
 * between the vote and the queue, roll-outs without a worker, and outcomes that wait to be looked at again.
 */
async function sweep(ports: CardHandlerPorts): Promise<void> {
  const { store, queues, now } = ports;
  for (const proposal of await store.open()) {
    const { id, state, recheckAt } = proposal;
    if (await ports.distrust.of(id)) continue;
    if (await ports.approvals.expire(proposal)) await queues.card({ proposalId: id });
    else if (state === 'approved' || state === 'applying' || state === 'verifying')
      await queues.fix({ proposalId: id });
    else if (state === 'unproven' && recheckAt !== undefined && Date.parse(recheckAt) <= now().getTime())
      await queues.fix({ proposalId: id });
  }
  for (const proposalId of await store.behind()) await queues.catchUpCard({ proposalId });
}
