import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SlackSimulator } from '../../../sandbox/slack/slack-simulator.js';
import { createKeyring, createSealer } from '../../../src/ops/audit/keyring.js';
import { createClients } from '../../../src/slack/wire/create-clients.js';
import { type CachedDirectory, createDirectory } from '../../../src/slack/wire/names/create-directory.js';
import { quietLogger } from '../../support/quiet-logger.js';
import { redisForTest } from '../../support/redis-for-test.js';
import { startSimulatedSlack } from '../../support/start-simulated-slack.js';
import { waitFor } from '../../support/wait-for.js';

const redisOf = redisForTest();
let slack: SlackSimulator;
let directory: CachedDirectory;
beforeAll(async () => {
  slack = await startSimulatedSlack();
});
afterAll(() => slack.close());
const redis = redisOf.connect();
const clock = { now: new Date('2026-03-01T12:00:00.000Z') };
const forged: string[] = [];
let prefix: string;
beforeEach(() => {
  const { replies } = createClients({ token: slack.botToken, apiUrl: slack.apiUrl, logger: quietLogger() });
  prefix = redisOf.newPrefix();
  forged.length = 0;
  const onForged = (key: string): void => void forged.push(key);
  const sealer = createSealer(createKeyring('a key for tests only'));
  directory = createDirectory({
    ...{ client: replies, redis, prefix, sealer, onForged },
    ...{ now: () => clock.now, watch: () => clock.now.getTime() },
  });
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

  it('of whom several ask at a time is asked for once', async () => {
    const asked = () => slack.calls.filter(({ method }) => method === 'users.info').length;
    const before = asked();
    const [one, other] = await Promise.all([directory.person(who('U0ANA')), directory.person(who('U0ANA'))]);
    expect(one).toEqual({ active: true, guest: false, bot: false, team: 'T0ACK' });
    expect(other).toEqual(one);
    expect(asked()).toBe(before + 1);
  });

  it('who changed is asked for anew by whoever asks from then on, though an answer is under way', async () => {
    const answers: (() => void)[] = [];
    const info = () => new Promise((resolve) => answers.push(() => resolve({ user: { team_id: 'T0ACK' } })));
    const sealer = createSealer(createKeyring('a key for tests only'));
    const slow = createDirectory({
      ...{ client: { users: { info } } as never, redis, prefix, sealer },
      ...{ now: () => clock.now, watch: () => 0 },
    });
    const early = slow.person(who('U0ANA'));
    await waitFor('the first question', () => answers.length === 1);
    await slow.forgetUser('U0ANA');
    const late = slow.person(who('U0ANA'));
    await waitFor('the second question', () => answers.length === 2);
    for (const answer of answers) answer();
    expect(await late).toEqual(await early);
  });

  it('of whom Slack does not tell is nobody to be trusted', async () => {
    const undo = slack.faults.onMethod('users.info', { error: 'internal_error' });
    await expect(directory.person(who('U0ANA'))).rejects.toMatchObject({ code: 'slack.failed' });
    undo();
  });
});

describe('who can write to Redis', () => {
  const gus = { active: true, guest: true, bot: false, team: 'T0ACK' };
  const member = { ...gus, guest: false };
  const until = new Date('2027-01-01').getTime();
  const keyOf = (user: string) => `${prefix}:people:user:${user}`;

  it.each([
    ['without a seal', () => JSON.stringify(member)],
    ['with a made-up seal', () => JSON.stringify({ until, value: member, seal: 'AAAA' })],
    ['that is no JSON', () => '{'],
  ])('cannot make a guest a member by a text %s', async (_how, text) => {
    await redis.set(keyOf('U0GUS'), text());
    expect(await directory.person(who('U0GUS'))).toEqual(gus);
    expect(forged).toEqual([keyOf('U0GUS')]);
  });

  it('cannot put what is remembered of one in the place of another', async () => {
    await directory.person(who('U0ANA'));
    await redis.copy(keyOf('U0ANA'), keyOf('U0GUS'));
    expect(await directory.person(who('U0GUS'))).toEqual(gus);
    expect(forged).toEqual([keyOf('U0GUS')]);
  });

  it('cannot keep what is remembered beyond its time', async () => {
    await directory.person(who('U0ANA'));
    await redis.persist(keyOf('U0ANA'));
    const asked = () => slack.calls.filter(({ method }) => method === 'users.info').length;
    const before = asked();
    await directory.person(who('U0ANA'));
    expect(asked()).toBe(before);
    clock.now = new Date(clock.now.getTime() + 61_000);
    await directory.person(who('U0ANA'));
    expect(asked()).toBe(before + 1);
    expect(forged).toEqual([]);
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

  it('is asked for once a minute', async () => {
    const asked = () => slack.calls.filter(({ method }) => method === 'auth.test').length;
    await directory.homeTeam();
    const before = asked();
    await directory.homeTeam();
    expect(asked()).toBe(before);
    clock.now = new Date(clock.now.getTime() + 61_000);
    expect(await directory.homeTeam()).toBe('T0ACK');
    expect(asked()).toBe(before + 1);
  });
});
