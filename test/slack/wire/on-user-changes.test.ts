import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SlackSimulator } from '../../../sandbox/slack/slack-simulator.js';
import { votesStillStand } from '../../../src/approvals/votes-still-stand.js';
import { createKeyring, createSealer } from '../../../src/ops/audit/keyring.js';
import { createClients } from '../../../src/slack/wire/create-clients.js';
import { createDirectory } from '../../../src/slack/wire/names/create-directory.js';
import { onUserChanges } from '../../../src/slack/wire/names/on-user-changes.js';
import { policyConfig } from '../../approvals/sample-authority.js';
import { quietLogger } from '../../support/quiet-logger.js';
import { redisForTest } from '../../support/redis-for-test.js';
import { sampleNow, sampleProposal } from '../../support/sample-proposal.js';
import { startSimulatedSlack } from '../../support/start-simulated-slack.js';
import { fakeApp } from '../fake-app.js';

const redisOf = redisForTest();
let slack: SlackSimulator;
beforeAll(async () => {
  slack = await startSimulatedSlack();
});
afterAll(() => slack.close());

function stand() {
  const { replies } = createClients({ token: slack.botToken, apiUrl: slack.apiUrl, logger: quietLogger() });
  const directory = createDirectory({
    ...{
      client: replies,
      redis: redisOf.connect(),
      prefix: redisOf.newPrefix(),
      now: () => sampleNow,
      watch: () => 0,
    },
    sealer: createSealer(createKeyring('a key for tests only')),
  });
  const { app, tell } = fakeApp();
  onUserChanges(app, { directory });
  const config = policyConfig({ approvers: { users: ['U0BO'], groups: [] } });
  const vote = { user: 'U0BO', team: 'T0ACK', decision: 'approve' as const, at: sampleNow.toISOString() };
  const proposal = sampleProposal({ cluster: 'cluster-x', state: 'approved', votes: [vote], quorum: 1 });
  const stands = () =>
    votesStillStand({ config, directory, now: () => sampleNow } as never, proposal, undefined);
  return { stands, tell };
}

describe('an approver who is deactivated', () => {
  it('has no vote from the moment that Slack says so, whatever is remembered of them', async () => {
    const { stands, tell } = stand();
    expect(await stands()).toBe(true);
    slack.setUser('U0BO', { deleted: true });
    // Still remembered: no minute has passed, and nothing was told.
    expect(await stands()).toBe(true);
    await tell({ type: 'user_change', ...{ user: { id: 'U0BO', deleted: true } } });
    expect(await stands()).toMatch(/^The approval no longer holds: 0 of 1 vote/);
    slack.setUser('U0BO', { deleted: false });
  });
});
