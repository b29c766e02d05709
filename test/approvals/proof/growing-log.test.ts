import { describe, expect, it } from '@jest/globals';
import { readTrail } from '../../../src/approvals/proof/read-trail.js';
import { createProposalStore } from '../../../src/approvals/store/create-proposal-store.js';
import { attestChain, nothingAttested } from '../../../src/ops/audit/attest-chain.js';
import { createAuditLog } from '../../../src/ops/audit/audit-log.js';
import { createLedger, type Ledger } from '../../../src/ops/audit/ledger.js';
import { quietLogger } from '../../support/quiet-logger.js';
import { redisForTest } from '../../support/redis-for-test.js';
import { sampleNow, sampleProposal } from '../../support/sample-proposal.js';

const { connect, newPrefix } = redisForTest();
const redis = connect();

/** The same process appends while the newest record is on its way to the reader. */
function growing(ledger: Ledger): Ledger {
  const audit = createAuditLog(ledger);
  return {
    ...ledger,
    recordsBack: async function* () {
      const records = ledger.recordsBack()[Symbol.asyncIterator]();
      const first = await records.next();
      await audit.append({ action: 'mute', actor: 'system', at: sampleNow.toISOString() });
      if (first.done) return;
      yield first.value;
      yield* { [Symbol.asyncIterator]: () => records };
    },
  };
}

describe('a log that grows while it is read', () => {
  it('is not called cut off', async () => {
    const ledger = createLedger({ redis, prefix: newPrefix(), auditKey: 'a key', logger: quietLogger() });
    const store = createProposalStore({ redis, prefix: newPrefix(), ledger, now: () => sampleNow });
    const proposal = sampleProposal();
    await store.create(proposal);
    expect(await readTrail(growing(ledger), proposal.id, undefined)).toMatchObject({ seq: 1 });
    expect(await attestChain(growing(ledger), nothingAttested)).toMatchObject({ seq: 2 });
  });
});
