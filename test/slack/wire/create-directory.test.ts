import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SlackSimulator } from '../../../sandbox/slack/slack-simulator.js';
import { createClients } from '../../../src/slack/wire/create-clients.js';
import { type CachedDirectory, createDirectory } from '../../../src/slack/wire/create-directory.js';
import { quietLogger } from '../../support/quiet-logger.js';
import { redisForTest } from '../../support/redis-for-test.js';
import { startSimulatedSlack } from '../../support/start-simulated-slack.js';

const redisOf = redisForTest();
let slack: SlackSimulator;
let directory: CachedDirectory;
beforeAll(async () => {
  slack = await startSimulatedSlack();
});
afterAll(() => slack.close());
beforeEach(() => {
  const { replies } = createClients({ token: slack.botToken, apiUrl: slack.apiUrl, logger: quietLogger() });
  directory = createDirectory({ client: replies, redis: redisOf.connect(), prefix: redisOf.newPrefix() });
});

const who = (user: string) => ({ user, team: 'T0ACK' });

describe('a person', () => {
  it.each([
    ['U0ANA', { active: true, guest: false, bot: false, team: 'T0ACK' }],
    ['U0GUS', { active: true, guest: true, bot: false, team: 'T0ACK' }],
    ['U0BOT', { active: true, guest: false, bot: true, team: 'T0ACK' }],
    ['U0NOBODY', undefined],
  ])('%s is %j', async (user, person) => {
    expect(await directory.person(who(user))).toEqual(person);
  });

  it('of whom Slack does not tell is nobody to be trusted', async () => {
    const undo = slack.faults.onMethod('users.info', { error: 'internal_error' });
    await expect(directory.person(who('U0ANA'))).rejects.toMatchObject({ code: 'slack.failed' });
    undo();
  });
});

describe('a user group', () => {
  it('is asked for once, until it is forgotten', async () => {
    const asked = () => slack.calls.filter(({ method }) => method === 'usergroups.users.list').length;
    const before = asked();
    expect(await directory.groupMembers('S0NETOPS')).toEqual(['U0BO']);
    await directory.groupMembers('S0NETOPS');
    expect(asked()).toBe(before + 1);
    await directory.forgetGroup('S0NETOPS');
    await directory.groupMembers('S0NETOPS');
    expect(asked()).toBe(before + 2);
  });

  it('that cannot be read throws: nobody is in it', async () => {
    await expect(directory.groupMembers('S0NONE')).rejects.toMatchObject({ code: 'slack.failed' });
  });
});

describe('the home team', () => {
  it('is the one acknet is installed in', async () => {
    expect(await directory.homeTeam()).toBe('T0ACK');
  });
});
