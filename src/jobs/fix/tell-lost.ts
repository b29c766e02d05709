import { isAcknetError } from '../../errors.js';
import type { Logger } from '../../ops/log.js';
import type { AuditLog, ProposalStore } from '../../proposals/ports.js';
import type { Proposal } from '../../proposals/proposal.js';
import type { CardPresenter } from '../ports.js';

export interface LossPorts {
  readonly store: Pick<ProposalStore, 'get'>;
  readonly presenter: Pick<CardPresenter, 'lost'>;
  readonly audit: Pick<AuditLog, 'append'>;
  readonly now: () => Date;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly logger: Logger;
}

const LOOKS = 60;
const LOOK_MS = 1000;

/**
 * Redis that came back empty has lost the change, its job and its lock: the worker that was at it is the only one who
 * still knows what was done. false = the record is there, and whoever has the job goes on with it.
 */
export async function tellLost(ports: LossPorts, known: Proposal, signal: AbortSignal): Promise<boolean> {
  if (!(await isGone(ports, known.id, signal))) return false;
  const { audit, presenter, logger, now } = ports;
  const done = known.steps.filter(({ state }) => state === 'done').length;
  const detail = `Redis lost the record; ${done} of ${known.steps.length} steps were done, and no more is.`;
  logger.error({ proposal: known.id, cluster: known.cluster, done }, 'the record of a change is lost');
  // One must not keep the other from being tried: each is all that is left of the change.
  const told = await Promise.allSettled([
    presenter.lost(known),
    audit.append({
      action: 'record-lost',
      actor: 'system',
      at: now().toISOString(),
      cluster: known.cluster,
      proposal: known.id,
      remediation: known.remediation,
      digest: known.digest,
      detail,
    }),
  ]);
  for (const one of told)
    if (one.status === 'rejected')
      logger.error({ proposal: known.id, err: one.reason }, 'the loss of a record was not told everywhere');
  return true;
}

/** Asks until Redis answers; a process that is to end does not wait for that. */
async function isGone({ store, wait }: LossPorts, id: string, signal: AbortSignal): Promise<boolean> {
  for (let look = 0; look < LOOKS; look += 1) {
    try {
      return (await store.get(id)) === undefined;
    } catch (error) {
      if (signal.aborted || !isAcknetError(error, 'redis.unavailable')) return false;
    }
    await wait(LOOK_MS, signal).catch(() => undefined);
  }
  return false;
}
