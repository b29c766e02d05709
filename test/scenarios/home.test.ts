import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plainText } from '../support/read-message.js';
import { type Sandbox, startSandbox } from '../support/start-sandbox.js';
import { waitFor } from '../support/wait-for.js';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({
    clusters: {
      'cluster-x': 'flannel-broken',
      'cluster-y': 'flannel-healthy',
      'cluster-z': 'flannel-broken',
    },
    file: {
      channels: { C0RANDOM: { cluster: 'cluster-z' } },
      schedules: { weekly: { cluster: 'cluster-y', when: 'mondays 08:30 UTC', channel: 'C0OPS' } },
    },
  });
});
afterAll(() => sandbox.close());

const homeOf = (user: string): string => plainText(sandbox.slack.state(user).home ?? {});
const shows = (user: string, part: RegExp) =>
  waitFor(`Home of ${user} shows ${part}`, () => part.test(homeOf(user)));
const says = (text: RegExp) =>
  waitFor(`a direct message says ${text}`, () =>
    sandbox.slack.messages({ channel: 'D0ANA', as: 'U0ANA' }).some((message) => text.test(message.text)),
  );

describe('Home', () => {
  it('shows the clusters when it is opened, and follows a check that somebody else runs', async () => {
    await sandbox.bo.openHome();
    await shows('U0BO', /cluster-x[\s\S]*not checked yet/);
    expect(homeOf('U0BO')).toContain('no card waits for your approval');
    await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet check cluster-x' });
    await shows('U0BO', /cluster-x\*\n\d+ causes?/);
  });

  it('shows who may not approve no card to approve, while it waits for who may', async () => {
    await shows('U0BO', /Waiting for your approval/);
    await sandbox.eve.openHome();
    await shows('U0EVE', /no card waits for your approval/);
    expect(homeOf('U0EVE')).not.toContain('Waiting for your approval');
    expect(homeOf('U0BO')).toContain('Waiting for your approval');
  });

  it('shows an approver the card, with where it stands, until it is decided', async () => {
    await shows('U0BO', /Waiting for your approval[\s\S]*`cluster-x` <http[^|]*\|Add cniVersion/);
    const card = await sandbox.message(/Add cniVersion/, { as: 'U0BO' });
    const { channel, ts } = { channel: 'C0OPS', ts: card.ts };
    await sandbox.bo.click({ channel, ts, actionId: 'proposal_approve' });
    await waitFor('the card is off the list', () => !homeOf('U0BO').includes('Waiting for your approval'));
  });

  it('starts a check whose result comes as a direct message', async () => {
    await sandbox.ana.openHome();
    await shows('U0ANA', /cluster-y/);
    const viewId = sandbox.slack.state('U0ANA').home?.id ?? '';
    await sandbox.ana.click({ viewId, actionId: 'home_check', value: 'cluster-y' });
    await says(/cluster-y: /);
  });
});

describe('the schedules on Home', () => {
  const listed = (user: string): readonly string[] => {
    const [, part = ''] = homeOf(user).split('On schedule\n');
    return part.split('\n').filter((line) => line.startsWith('•'));
  };

  it('are those of acknet.yaml, each with when it runs next', async () => {
    await sandbox.bo.openHome();
    await waitFor('the schedule of acknet.yaml is listed', () => listed('U0BO').length === 1);
    expect(listed('U0BO')[0]).toMatch(
      /^• \*cluster-y\* mondays 08:30 UTC · <#C0OPS> · next <!date.* · from acknet\.yaml$/,
    );
  });

  it('follow what people type: one that is made, one that takes its place, and its end', async () => {
    const say = (text: string) => sandbox.ana.command({ channel: 'C0OPS', text: `/acknet ${text}` });
    const own = () => listed('U0BO').filter((line) => line.includes('*cluster-x*'));
    await say('schedule cluster-x daily 09:00 Asia/Shanghai');
    await waitFor('it is listed', () => own().length === 1);
    expect(own()[0]).toMatch(/daily 09:00 Asia\/Shanghai · <#C0OPS> · next <!date.* · by <@U0ANA>$/);
    await say('schedule cluster-x daily 10:00 Asia/Shanghai');
    await waitFor('the other one is listed', () => own().some((line) => line.includes('10:00')));
    expect(own()).toHaveLength(1);
    await say('unschedule cluster-x');
    await waitFor('it is off the list', () => own().length === 0);
    expect(listed('U0BO')).toHaveLength(1);
  });

  it('in a direct message are shown to nobody else', async () => {
    await sandbox.ana.openHome();
    await sandbox.ana.say({ channel: 'D0ANA', text: 'schedule cluster-x daily 09:00 Asia/Shanghai' });
    await waitFor('Ana sees hers', () => listed('U0ANA').some((line) => /in a direct message/.test(line)));
    await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet schedule all daily 09:00 UTC' });
    await waitFor('Bo sees the later one', () => listed('U0BO').some((line) => /every cluster/.test(line)));
    expect(listed('U0BO').filter((line) => /cluster-x/.test(line))).toEqual([]);
  });
});

describe('direct messages', () => {
  it.each([
    ['pending cluster-x', /^Fixes waiting or under way/],
    ['explain flannel-cni-version', /^Every node has a usable CNI config/],
    ['version', /^acknet /],
    ['history', /^Fixes, newest first/],
    ['check cluster-y', /^cluster-y: /],
  ])('take the command "%s" without a slash', async (text, answer) => {
    await sandbox.ana.say({ channel: 'D0ANA', text });
    await says(answer);
  });

  it('lead to the card of a fix, which stands where approvers can open it', async () => {
    await sandbox.ana.say({ channel: 'D0ANA', text: 'check cluster-z' });
    await says(
      /^cluster-z: \d+ causes?.*\d fix cards? stands? in the channel of the cluster, where approvers can open (it|them)\./,
    );
    const card = await sandbox.message(/^Fix for cluster-z: Add cniVersion/, {
      channel: 'C0RANDOM',
      as: 'U0BO',
    });
    const [root] = sandbox.slack.messages({ channel: 'C0RANDOM', as: 'U0BO' });
    expect(card.thread_ts).toBe(root?.ts);
    expect(plainText(root ?? {})).toContain('<@U0ANA> had *cluster-z* checked in a direct message.');
    const inDirect = sandbox.slack.messages({ channel: 'D0ANA', as: 'U0ANA' });
    expect(plainText(inDirect.find(({ text }) => /fix cards? stand/.test(text)) ?? {})).toContain(
      'in <#C0RANDOM>',
    );
    expect(inDirect.filter(({ text }) => /^Fix for cluster-z/.test(text))).toEqual([]);
  });

  it('do so for a fix that is asked for there, too', async () => {
    await sandbox.ana.say({
      channel: 'D0ANA',
      text: 'fix cordon-node cluster-z node=cn-hangzhou.192.168.0.82',
    });
    await says(/^The card stands in the channel of its cluster, where approvers can open it/);
    await sandbox.message(/^Fix for cluster-z: Keep new pods off/, { channel: 'C0RANDOM', as: 'U0BO' });
  });

  it('offer what the person may do', async () => {
    await sandbox.bo.openDm();
    await waitFor('prompts are offered', () =>
      sandbox.slack
        .state('U0BO')
        .channels.find(({ id }) => id === 'D0BO')
        ?.suggested_prompts?.some(({ message }) => message === 'pending'),
    );
  });
});
