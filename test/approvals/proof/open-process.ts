import { expect } from '@jest/globals';
import { createApprovals } from '../../../src/approvals/create-approvals.ts';
import { createDistrust } from '../../../src/approvals/proof/create-distrust.ts';
import { createProposalStore } from '../../../src/approvals/store/create-proposal-store.ts';
import type { OnUnverified } from '../../../src/approvals/store/load-proposal.ts';
import { createAuditLog } from '../../../src/ops/audit/audit-log.ts';
import { createLedger } from '../../../src/ops/audit/ledger.ts';
import type { Proposal, Vote } from '../../../src/proposals/proposal.ts';
import { quietLogger } from '../../support/quiet-logger.ts';
import { redisForTest } from '../../support/redis-for-test.ts';
import { sampleNow, sampleProposal } from '../../support/sample-proposal.ts';
import { fakeDirectory, person, policyConfig } from '../sample-authority.ts';

const { connect, newPrefix } = redisForTest();

export { newPrefix };
export const redis = connect();
export const KEY = 'a key for tests only';
export const boss = person('U0BOSS');
export const at = sampleNow.toISOString();
const now = () => sampleNow;

/** One process, on a Redis that somebody else writes to as well. */
export function openProcess(prefix = newPrefix(), auditKey = KEY) {
  const ledger = createLedger({ redis, prefix, auditKey, logger: quietLogger() });
  const audit = createAuditLog(ledger);
  const reported: string[] = [];
  const onReported = (id: string): void => void reported.push(id);
  const distrust = createDistrust({ redis, prefix, audit, now, onReported });
  const onUnverified: OnUnverified = (id, doubt, card) => distrust.report(id, { doubt, card });
  const store = createProposalStore({ redis, prefix, ledger, now, onUnverified });
  const config = policyConfig();
  const approvals = createApprovals({ store, distrust, audit, config, directory: fakeDirectory(), now });
  const propose = async (fields: Partial<Proposal> = {}) => {
    const proposal = sampleProposal(fields);
    await store.create(proposal);
    return proposal.id;
  };
  const approved = async (fields: Partial<Proposal> = {}) => {
    const id = await propose(fields);
    await approvals.approve(id, boss);
    return id;
  };
  const prove = (id: string) => approvals.proof(id)();
  return { prefix, ledger, audit, distrust, reported, store, approvals, propose, approved, prove };
}
export type Process = ReturnType<typeof openProcess>;

export const keyOf = ({ prefix }: Process, id: string): string => `${prefix}:proposal:${id}`;

/** Everything but the key is at hand: the text is altered where it stands. */
export async function alter(process: Process, id: string, change: Partial<Proposal>): Promise<void> {
  const key = keyOf(process, id);
  const proposal = JSON.parse((await redis.hget(key, 'value')) ?? '') as Proposal;
  await redis.hset(key, 'value', JSON.stringify({ ...proposal, ...change }));
}

export const vote: Vote = { ...boss, decision: 'approve', at };
export const unverified = (doubt: string) => ({ code: 'proposal.unverified', doubt });

export async function expectRefused(process: Process, id: string, doubt: string): Promise<void> {
  await expect(process.prove(id)).rejects.toMatchObject(unverified(doubt));
  expect((await process.audit.read({})).filter(({ action }) => action === 'unverified')).toMatchObject([
    { proposal: id, detail: doubt },
  ]);
  expect(await process.distrust.of(id)).toMatchObject({ doubt });
  expect(process.reported).toEqual([id]);
}

/** Takes the document as it is now; puts it back when called. */
export async function photograph(process: Process, id: string): Promise<() => Promise<unknown>> {
  const image = await redis.dumpBuffer(keyOf(process, id));
  return () => redis.restore(keyOf(process, id), 0, image, 'REPLACE');
}
