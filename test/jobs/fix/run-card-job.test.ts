import { describe, expect, it } from '@jest/globals';
import { createApprovals } from '../../../src/approvals/create-approvals.ts';
import { createDistrust } from '../../../src/approvals/proof/create-distrust.ts';
import { createProposalStore } from '../../../src/approvals/store/create-proposal-store.ts';
import type { OnUnverified } from '../../../src/approvals/store/load-proposal.ts';
import { AcknetError } from '../../../src/errors.ts';
import { createCardHandler } from '../../../src/jobs/fix/run-card-job.ts';
import { Postponed } from '../../../src/jobs/job-context.ts';
import { createAuditLog } from '../../../src/ops/audit/audit-log.ts';
import { createLedger } from '../../../src/ops/audit/ledger.ts';
import type { Proposal } from '../../../src/proposals/proposal.ts';
import { fakeDirectory, person, policyConfig } from '../../approvals/sample-authority.ts';
import { quietLogger } from '../../support/quiet-logger.ts';
import { redisForTest } from '../../support/redis-for-test.ts';
import { sampleNow, sampleProposal } from '../../support/sample-proposal.ts';
import { attempts } from '../open-job-stand.ts';

const { connect, newPrefix } = redisForTest();
const redis = connect();
const boss = person('U0BOSS');
const context = attempts().attempt();

function setUp(show?: (proposal: Proposal) => Promise<void>) {
  const prefix = newPrefix();
  const clock = { now: sampleNow };
  const now = () => clock.now;
  const logger = quietLogger();
  const ledger = createLedger({ redis, prefix, auditKey: 'a key for tests only', logger });
  const audit = createAuditLog(ledger);
  const distrust = createDistrust({ redis, prefix, audit, now, onReported: () => undefined });
  const onUnverified: OnUnverified = (id, doubt, card) => distrust.report(id, { doubt, card });
  const store = createProposalStore({ redis, prefix, ledger, now, onUnverified });
  const approvals = createApprovals({
    store,
    distrust,
    audit,
    config: policyConfig(),
    directory: fakeDirectory(),
    now,
  });
  const posted: string[] = [];
  const shown: string[] = [];
  const refused: string[] = [];
  const presenter = {
    lost: async () => undefined,
    cameBack: async () => undefined,
    refuse: async (id: string) => void refused.push(id),
    show: async (proposal: Proposal) => {
      await show?.(proposal);
      shown.push(proposal.state);
      if (proposal.card) return proposal.card;
      posted.push(proposal.id);
      return { channel: 'C0OPS', ts: `1.${posted.length}` };
    },
  };
  const queued: string[] = [];
  const queues = {
    card: async ({ proposalId }: { proposalId: string }) => void queued.push(`card ${proposalId}`),
    catchUpCard: async ({ proposalId }: { proposalId: string }) => void queued.push(`card ${proposalId}`),
    fix: async ({ proposalId }: { proposalId: string }) => void queued.push(`fix ${proposalId}`),
  };
  const handle = createCardHandler({
    store,
    distrust,
    approvals,
    presenter,
    queues,
    redis,
    prefix,
    now,
    logger,
  });
  const propose = async (fields: Partial<Proposal> = {}) => {
    const proposal = sampleProposal(fields);
    await store.create(proposal);
    return proposal.id;
  };
  return { handle, store, approvals, audit, propose, posted, shown, refused, queued, clock, prefix };
}

describe('showing a card', () => {
  it('is done once where it was found to lag behind while somebody showed it', async () => {
    const { handle, propose, shown } = setUp();
    const proposalId = await propose();
    await handle({ task: 'catch-up', proposalId }, context);
    expect(shown).toEqual(['proposed']);
    await handle({ task: 'catch-up', proposalId }, context);
    expect(shown).toEqual(['proposed']);
    await handle({ task: 'show', proposalId }, context);
    expect(shown).toEqual(['proposed', 'proposed']);
  });

  it('posts it once and edits it from then on', async () => {
    const { handle, store, propose, posted, shown, approvals } = setUp();
    const id = await propose();
    await handle({ task: 'show', proposalId: id }, context);
    await approvals.approve(id, boss);
    await handle({ task: 'show', proposalId: id }, context);
    expect([posted, shown]).toEqual([[id], ['proposed', 'approved']]);
    expect((await store.get(id))?.card).toEqual({ channel: 'C0OPS', ts: '1.1' });
    expect(await store.behind()).toEqual([]);
  });

  it('by two workers at once posts one card: the second comes back later', async () => {
    let begun = () => {};
    let end = () => {};
    const beginning = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const ending = new Promise<void>((resolve) => {
      end = resolve;
    });
    const { handle, propose, posted } = setUp(async () => {
      begun();
      await ending;
    });
    const id = await propose();
    const first = handle({ task: 'show', proposalId: id }, context);
    await beginning;
    await expect(handle({ task: 'show', proposalId: id }, context)).rejects.toBeInstanceOf(Postponed);
    end();
    await first;
    await handle({ task: 'show', proposalId: id }, context);
    expect(posted).toEqual([id]);
  });

  it('shows again what changed while it was being shown', async () => {
    let meanwhile: (() => Promise<unknown>) | undefined;
    const set = setUp(async () => {
      const change = meanwhile;
      meanwhile = undefined;
      await change?.();
    });
    const id = await set.propose();
    meanwhile = () => set.approvals.reject(id, boss, 'no');
    await set.handle({ task: 'show', proposalId: id }, context);
    expect(set.shown).toEqual(['proposed', 'rejected']);
    expect(await set.store.behind()).toEqual([]);
  });

  it('that fails leaves the card behind and free for the next attempt', async () => {
    let down = true;
    const { handle, propose, store, posted } = setUp(async () => {
      if (down) throw new AcknetError('slack.failed', 'ratelimited');
    });
    const id = await propose();
    await expect(handle({ task: 'show', proposalId: id }, context)).rejects.toMatchObject({
      code: 'slack.failed',
    });
    expect(await store.behind()).toEqual([id]);
    down = false;
    await handle({ task: 'show', proposalId: id }, context);
    expect(posted).toEqual([id]);
  });

  it('of a change that is gone does nothing, and is not asked for again', async () => {
    const { handle, shown, store, prefix } = setUp();
    await redis.zadd(`${prefix}:cards-behind`, 1, 'nobody-knows-this-one');
    expect(await store.behind()).toEqual(['nobody-knows-this-one']);
    await handle({ task: 'show', proposalId: 'nobody-knows-this-one' }, context);
    expect(shown).toEqual([]);
    expect(await store.behind()).toEqual([]);
  });
});

describe('a card that Slack does not take', () => {
  const rejected = new AcknetError('slack.rejected', 'acknet could not post a message: is_archived.');
  const failed = new AcknetError('slack.failed', 'acknet could not post a message: internal_error.');

  async function refusedCard(error: unknown, endedForMs: number | undefined) {
    const set = setUp(async () => {
      throw error;
    });
    const id = await set.propose();
    if (endedForMs !== undefined) {
      set.clock.now = new Date(sampleNow.getTime() + 86_400_000);
      await set.approvals.expire((await set.store.get(id)) ?? sampleProposal());
      set.clock.now = new Date(set.clock.now.getTime() + endedForMs);
    }
    const show = () => set.handle({ task: 'show', proposalId: id }, context);
    const words = async () =>
      (await set.audit.read({}))
        .filter(({ action }) => action === 'card.given-up')
        .map(({ detail }) => detail);
    return { ...set, id, show, words };
  }

  it.each([
    ['refused for good', rejected, 0],
    ['for a day', failed, 25 * 3_600_000],
    ['by a fault of ours, for a day', new RangeError('too long'), 25 * 3_600_000],
  ])('%s is given up once its change has ended, and the audit says so once', async (_why, error, ms) => {
    const { show, store, words, queued, handle, id } = await refusedCard(error, ms);
    await show();
    expect(await store.behind()).toEqual([]);
    await handle({ task: 'sweep' }, context);
    expect(queued).toEqual([]);
    expect(await words()).toEqual([error.message]);
    expect((await store.get(id))?.state).toBe('expired');
    await expect(store.proof(id)()).resolves.toMatchObject({ id });
  });

  it.each([
    ['while its change is open', rejected, undefined],
    ['when Slack fails in passing', failed, 0],
    ['when Redis is away', new AcknetError('redis.unavailable', 'Redis is away.'), 25 * 3_600_000],
  ])('is asked for again %s', async (_when, error, ms) => {
    const { show, store, words, id } = await refusedCard(error, ms);
    await expect(show()).rejects.toBe(error);
    expect(await store.behind()).toEqual([id]);
    expect(await words()).toEqual([]);
  });
});

describe('an expiry', () => {
  it('ends the card when it is due, and has it edited', async () => {
    const { handle, propose, store, clock, queued } = setUp();
    const id = await propose();
    await handle({ task: 'expire', proposalId: id }, context);
    expect(queued).toEqual([]);
    clock.now = new Date(sampleNow.getTime() + 1_800_000);
    await handle({ task: 'expire', proposalId: id }, context);
    expect((await store.get(id))?.state).toBe('expired');
    expect(queued).toEqual([`card ${id}`]);
  });
});

describe('a sweep', () => {
  async function swept(bring: (set: ReturnType<typeof setUp>, id: string) => Promise<unknown>) {
    const set = setUp();
    const id = await set.propose();
    await bring(set, id);
    await set.handle({ task: 'show', proposalId: id }, context);
    set.clock.now = new Date(sampleNow.getTime() + 60_000);
    await set.handle({ task: 'sweep' }, context);
    return { ...set, id };
  }

  it('leaves alone what needs nothing', async () => {
    expect((await swept(async () => undefined)).queued).toEqual([]);
    expect((await swept(({ approvals }, id) => approvals.reject(id, boss))).queued).toEqual([]);
  });

  it('expires what fell due while nobody was there', async () => {
    const set = setUp();
    const id = await set.propose();
    set.clock.now = new Date(sampleNow.getTime() + 86_400_000);
    await set.handle({ task: 'sweep' }, context);
    expect((await set.store.get(id))?.state).toBe('expired');
    expect(set.queued).toContain(`card ${id}`);
  });

  it.each([
    ['approved', [] as const],
    ['applying', ['applying'] as const],
    ['verifying', ['applying', 'verifying'] as const],
  ])('queues again a fix that is %s, in case its job was lost', async (_state, moves) => {
    const { queued, id } = await swept(async ({ approvals, store }, proposal) => {
      await approvals.approve(proposal, boss);
      for (const to of moves) await store.move(proposal, { to, by: 'system' });
    });
    expect(queued).toEqual([`fix ${id}`]);
  });

  it.each([
    ['looks again at an unproven outcome when it is time', '2026-03-01T12:00:30.000Z', 1],
    ['leaves an unproven outcome alone before that', '2026-03-01T12:10:00.000Z', 0],
  ])('%s', async (_what, recheckAt, fixes) => {
    const { queued } = await swept(async ({ approvals, store }, id) => {
      await approvals.approve(id, boss);
      await store.move(id, { to: 'applying', by: 'system' });
      await store.move(id, { to: 'verifying', by: 'system' });
      await store.move(id, { to: 'unproven', by: 'system', set: { recheckAt } });
    });
    expect(queued.filter((each) => each.startsWith('fix'))).toHaveLength(fixes);
  });

  it('brings cards in line whose edit was lost', async () => {
    const set = setUp();
    const id = await set.propose();
    await set.handle({ task: 'sweep' }, context);
    expect(set.queued).toEqual([`card ${id}`]);
  });
});
