import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { text as fieldOf } from '../../src/cluster/fields.js';
import { actionsOf, plainText } from '../support/read-message.js';
import { type Sandbox, startSandbox } from '../support/start-sandbox.js';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({
    clusters: { 'cluster-x': 'flannel-broken', 'cluster-y': 'flannel-healthy' },
    file: { channels: { C0RANDOM: { cluster: 'cluster-y' } } },
  });
});
afterAll(() => sandbox.close());

/** What only the asker sees of the answer to a command. */
async function answer(text: string, pattern: RegExp, as: 'ana' | 'bo' | 'eve' = 'ana') {
  await sandbox[as].command({ channel: 'C0OPS', text: `/acknet ${text}` });
  const message = await sandbox.message(pattern, { as: sandbox[as].id });
  expect(message.is_ephemeral).toBe(true);
  return message;
}

describe('/acknet', () => {
  it.each([
    ['', /^acknet: ask me/, 'check cluster-x'],
    ['help', /^acknet: ask me/, 'nothing changes until someone entitled approves it'],
    ['chekc cluster-x', /^There is no command "chekc"/, 'Did you mean /acknet check'],
    ['check clustr-x', /^No cluster is called "clustr-x"/, 'Did you mean cluster-x?'],
    [
      'check cluster-x flannel-cni-versoin',
      /^There is no check "flannel-cni-versoin"/,
      'Did you mean flannel-cni-version?',
    ],
    ['check cluster-x security-groups', /^security-groups looks at two ends/, '--from shop/web'],
    ['check cluster-x --from web --to 10.0.3.7', /^"web" is neither namespace\/pod/, '--to i-bp1a2b3c'],
    ['check all --from shop/web --to 10.0.3.7', /^--from and --to are about one cluster/, 'Usage'],
    ['fleet security-groups', /^security-groups looks at two ends/, '--from shop/web'],
    ['check', /^Which cluster\?/, 'cluster-x, cluster-y, or all'],
    ['explain flannel-cni-versions', /^There is no check, finding, fix or entry/, 'flannel-cni-version'],
    ['fix add-flannel-cni cluster-x', /^There is no fix "add-flannel-cni"/, 'add-flannel-cni-version'],
    [
      'fix set-ipvs-scheduler cluster-x schedular=rr',
      /^set-ipvs-scheduler takes no schedular=/,
      'Did you mean scheduler=?',
    ],
    ['fix set-ipvs-scheduler cluster-x zzz=1', /^set-ipvs-scheduler takes no zzz=/, 'It takes'],
    [
      'mute flannel-cni-version.mising cluster-x known',
      /^There is no finding/,
      'flannel-cni-version.missing',
    ],
    ['cancel', /^You have no check under way/, 'Name a cluster'],
    ['history cluster-z', /^No cluster is called "cluster-z"/, 'Did you mean cluster-x?'],
  ])('%s is answered with what would be right', async (text, pattern, part) => {
    expect(plainText(await answer(text, pattern))).toContain(part);
  });

  it.each([
    ['checks', /^Checks/, ['`flannel-cni-version`', '`conntrack-limit`']],
    ['clusters', /^Clusters/, ['`cluster-x` checks and fixes', '`cluster-y`']],
    ['status', /^Under way/, ['no check runs, no fix waits']],
    ['pending', /^Fixes waiting or under way/, ['None.']],
    [
      'explain add-pod-vswitch',
      /^What this fix does: Add a pod vSwitch/,
      [
        'add vSwitch ‹vSwitch› for zone ‹zone› to Terway’s config',
        'new pods on a node wait while its Terway restarts',
        'Undo puts back only part of it',
        '*May approve on cluster-x, cluster-y:* <!subteam^S0NETOPS>',
        '/acknet fix add-pod-vswitch',
      ],
    ],
    [
      'explain flannel-cni-version.missing',
      /^Every node has a usable CNI config/,
      ['*Reads:*', '`configmaps` in `kube-system`: `kube-flannel-cfg`', '`add-flannel-cni-version`'],
    ],
  ])('%s lists what there is', async (text, pattern, parts) => {
    const shown = plainText(await answer(text, pattern));
    for (const part of parts) expect(shown).toContain(part);
  });

  it('takes the channel’s cluster where none is named', async () => {
    await sandbox.ana.command({ channel: 'C0RANDOM', text: '/acknet check ipvs-scheduler' });
    const result = await sandbox.message(/^cluster-y: no problem found/, { channel: 'C0RANDOM' });
    expect(plainText(result)).toContain('1 check in');
  });

  it('answers for all clusters in one overview, a line a cluster, each opened on request', async () => {
    await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet check all' });
    const overview = await sandbox.message(/^All checks: problems on \d of 2 clusters/);
    const said = sandbox.slack
      .messages({ channel: 'C0OPS' })
      .filter(({ text }) => /^cluster-[xy]: /.test(text));
    expect(said).toEqual([]);
    expect(plainText(overview)).toMatch(
      /\*cluster-x\* · \d+ causes, \d+ symptoms: Flannel’s config lacks cniVersion/,
    );
    expect(actionsOf(overview)).toContain('fleet_open');
    const edits = sandbox.slack.calls.filter(({ args }) => args.ts === overview.ts);
    expect(edits.length).toBeLessThan(9);
    expect(sandbox.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('checks several clusters that are named at once, a message each', async () => {
    await sandbox.ana.command({
      channel: 'C0OPS',
      text: '/acknet check cluster-x cluster-y flannel-cni-version',
    });
    await sandbox.message(/^cluster-x: \d+ causes?/);
    await sandbox.message(/^cluster-y: no problem found/);
  });

  it('looks between two ends that are named, and at nothing else', async () => {
    const simulator = sandbox.world.clusters.get('cluster-x');
    const pods = simulator?.store
      .all(simulator.kind('Pod'))
      .map((pod) => fieldOf(pod, 'metadata', 'name') ?? '');
    const name = pods?.find((pod) => pod.startsWith('kube-flannel'));
    await sandbox.ana.command({
      channel: 'C0RANDOM',
      text: `/acknet check cluster-x --from kube-system/${name} --to 10.0.3.7 --port 443/tcp`,
    });
    const result = await sandbox.slack.waitFor(() =>
      sandbox.slack
        .messages({ channel: 'C0RANDOM' })
        .find((message) => plainText(message).includes(`TCP 443 from kube-system/${name} to 10.0.3.7`)),
    );
    expect(plainText(result)).toContain('security-groups only');
    // No cloud is connected here, so that nothing is called clear.
    expect(plainText(result)).toContain('nothing found, but 1 check could not tell');
  });

  it('joins a check that is under way instead of queueing another', async () => {
    const simulator = sandbox.world.clusters.get('cluster-x');
    simulator?.faults.add({ path: /\/nodes$/, effect: { kind: 'delay', ms: 600 } });
    await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet check cluster-x conntrack-limit' });
    await sandbox.message(/^Checking cluster-x/);
    expect(plainText(await answer('status', /^Under way/, 'eve'))).toContain('Check of `cluster-x`');
    await answer('check cluster-x conntrack-limit', /already under way; yours joins it/, 'bo');
  });

  it('cancels a check: it ends at once and says so', async () => {
    const simulator = sandbox.world.clusters.get('cluster-y');
    simulator?.faults.add({ path: /\/nodes$/, effect: { kind: 'delay', ms: 800 } });
    await sandbox.ana.command({ channel: 'C0RANDOM', text: '/acknet check cluster-y kube-proxy-config' });
    const running = await sandbox.message(/^Checking cluster-y/, { channel: 'C0RANDOM' });
    await sandbox.ana.click({ channel: 'C0RANDOM', ts: running.ts, actionId: 'run_cancel' });
    const ended = await sandbox.message(/^cluster-y: cancelled/, { channel: 'C0RANDOM' });
    expect(ended.ts).toBe(running.ts);
  });

  it('is also understood in a mention, where slash commands cannot be typed', async () => {
    const { ts } = await sandbox.ana.say({ channel: 'C0OPS', text: 'look at this thread' });
    await sandbox.ana.say({
      channel: 'C0OPS',
      threadTs: ts,
      text: '@acknet check cluster-y flannel-cni-version',
    });
    await sandbox.message(/^cluster-y: no problem found/, { threadTs: ts });
  });
});

describe('a known exception', () => {
  it('is muted by an approver only, stays counted, and ends', async () => {
    const muting = 'mute flannel-cni-version.missing cluster-x --until 2099-01-31 known since May';
    await answer(muting, /^Only approvers of cluster-x/);
    await answer(muting, /is muted on cluster-x until 2099-01-31: known since May/, 'bo');

    await sandbox.ana.command({ channel: 'C0SECRET', text: '/acknet clusters' });
    await sandbox.ana.command({ channel: 'C0RANDOM', text: '/acknet check cluster-x flannel-cni-version' });
    const result = await sandbox.message(/^cluster-x: nothing found besides what is muted/, {
      channel: 'C0RANDOM',
    });
    await sandbox.ana.click({ channel: 'C0RANDOM', ts: result.ts, actionId: 'run_list:muted' });
    const list = await sandbox.message(/^cluster-x: muted/, { channel: 'C0RANDOM', as: 'U0ANA' });
    expect(plainText(list)).toContain('known since May');

    await answer('unmute flannel-cni-version.missing cluster-x', /is shown again on cluster-x/, 'bo');
  });
});

describe('a fix that no finding offers', () => {
  const lists = {
    pending: /^Fixes waiting or under way: \d/,
    history: /^Fixes, newest first: \d/,
    status: /^Under way and waiting: \d/,
  };

  it('is asked for by command, with parameters that can be edited on its card', async () => {
    await sandbox.ana.command({
      channel: 'C0RANDOM',
      text: '/acknet fix cordon-node cluster-x target=Node/cn-hangzhou.192.168.0.82',
    });
    const card = await sandbox.message(/^Fix for cluster-x.*Waiting/, { channel: 'C0RANDOM' });
    expect(plainText(card)).toContain('+spec.unschedulable: true');
    expect(actionsOf(card)).toContain('proposal_approve');
  });

  it.each(Object.keys(lists) as (keyof typeof lists)[])('is linked to by %s', async (command) => {
    const card = await sandbox.message(/^Fix for cluster-x.*Waiting/, { channel: 'C0RANDOM' });
    const url = `/archives/C0RANDOM/p${card.ts.replace('.', '')}`;
    // Where it stands is noted just after it is posted.
    const list = await sandbox.slack.waitFor(async () => {
      const text = plainText(await answer(command, lists[command]));
      return text.includes(url) && text;
    });
    expect(list).toContain('*waiting for approval*');
  });

  it('that must not be made here is refused with the reason, and changes nothing', async () => {
    const before = sandbox.slack.messages({ channel: 'C0OPS' }).length;
    await answer('fix add-flannel-cni-version cluster-y', /there is nothing for this fix to change/);
    expect(sandbox.slack.messages({ channel: 'C0OPS' })).toHaveLength(before);
  });
});

describe('an answer', () => {
  const flannel = 'nodes went NotReady after we bumped the flannel image by hand';

  it('offers no check of a cluster that runs the other plugin', async () => {
    const text = '@acknet InvalidVSwitchId.IpNotEnough in the terway log of cluster-x';
    const { ts } = await sandbox.ana.say({ channel: 'C0OPS', text });
    const open = await sandbox.slack.waitFor(() =>
      sandbox.slack
        .messages({ channel: 'C0OPS', threadTs: ts })
        .find(
          ({ blocks, bot_id }) => bot_id !== undefined && actionsOf({ blocks }).includes('answer_feedback'),
        ),
    );
    expect(open.text).toMatch(/vSwitch/);
    expect(actionsOf(open)).not.toContain('answer_check');
    expect(JSON.stringify(open.blocks)).not.toContain('"style":"primary"');
  });

  it('asks which cluster, is filled in from the one picked, and checks that one', async () => {
    const { ts } = await sandbox.ana.say({ channel: 'C0OPS', text: `@acknet ${flannel}` });
    const open = await sandbox.message(/^Nodes NotReady/, { threadTs: ts });
    expect(actionsOf(open)).not.toContain('answer_check');
    const pick = { channel: 'C0OPS', ts: open.ts, actionId: 'answer_cluster', value: 'cluster-y' };
    await sandbox.ana.click(pick);
    const filled = await sandbox.slack.waitFor(() =>
      sandbox.slack
        .messages({ channel: 'C0OPS', threadTs: ts })
        .find((message) => actionsOf(message).includes('answer_check')),
    );
    expect(filled.ts).toBe(open.ts);
    expect(plainText(filled)).toContain('For *cluster-y*, as it was just now');
    await sandbox.ana.click({ channel: 'C0OPS', ts: filled.ts, actionId: 'answer_check' });
    await sandbox.message(/^cluster-y: no problem found/, { threadTs: ts });
  });

  it('is given to people only: not to apps, not to edits, not to acknet itself', async () => {
    const alert = sandbox.slack.postAsApp({
      channel: 'C0OPS',
      username: 'Alertmanager',
      text: `<@U0BOT> ${flannel}`,
    });
    const { ts } = await sandbox.eve.say({
      channel: 'C0OPS',
      text: '@acknet when is the next train to Delft?',
    });
    await sandbox.message(/^I don't know that one/, { threadTs: ts });
    await sandbox.eve.edit({ channel: 'C0OPS', ts, text: `@acknet ${flannel}` });
    const later = await sandbox.eve.say({ channel: 'C0OPS', text: `@acknet ${flannel}` });
    await sandbox.message(/^Nodes NotReady/, { threadTs: later.ts });
    const replies = (threadTs: string) =>
      sandbox.slack.messages({ channel: 'C0OPS', threadTs }).filter(({ bot_id }) => bot_id === 'B0BOT')
        .length;
    expect([replies(alert), replies(ts), replies(later.ts)]).toEqual([0, 1, 1]);
  });

  it('is offered to ask for when the DM is opened', async () => {
    const { channel } = await sandbox.eve.openDm();
    const prompts = () =>
      sandbox.slack.state('U0EVE').channels.find(({ id }) => id === channel)?.suggested_prompts ?? [];
    await sandbox.slack.waitFor(() => prompts().length > 0);
    const pods = 'Pods get no IP: InvalidVSwitchId.IpNotEnough. What now?';
    expect(prompts().map(({ title }) => title)).toEqual(['check cluster-x', pods, 'help']);
    const { ts } = await sandbox.eve.say({ channel, text: pods });
    await sandbox.message(/^A pod vSwitch has no free IP addresses left/, { channel, threadTs: ts });
  });

  it.each([
    ['nothing but the mention', '@acknet'],
    ['a cry for help', '@acknet help'],
  ])('to %s is what can be asked', async (_title, text) => {
    const { ts } = await sandbox.eve.say({ channel: 'C0OPS', text });
    await sandbox.slack.waitFor(() =>
      ['U0EVE', undefined].some((as) =>
        sandbox.slack
          .messages({ channel: 'C0OPS', ...(as !== undefined && { as }) })
          .some((message) => message.ts > ts && message.text.startsWith('acknet: ask me')),
      ),
    );
  });

  it('survives a paste of 40,000 characters', async () => {
    const paste = `@acknet ${'E1124 02:11:54 kubelet: something <!channel> `failed` \n'.repeat(700)} no IP addresses available in range set`;
    const { ts } = await sandbox.eve.say({ channel: 'C0OPS', text: paste.slice(0, 39_000) });
    await sandbox.slack.waitFor(
      () => sandbox.slack.messages({ channel: 'C0OPS', threadTs: ts }).length === 2,
    );
  });
});

describe('which of these is it', () => {
  it('is told by the checks behind the candidates: confirmed, ruled out, or why not', async () => {
    const { ts } = await sandbox.ana.say({
      channel: 'C0OPS',
      text: '@acknet nodes went NotReady after we bumped the flannel image by hand on cluster-x',
    });
    const shown = await sandbox.message(/^Nodes NotReady/, { threadTs: ts });
    await sandbox.ana.click({ channel: 'C0OPS', ts: shown.ts, actionId: 'answer_not_it' });
    const torn = await sandbox.slack.waitFor(() =>
      sandbox.slack
        .messages({ channel: 'C0OPS', threadTs: ts })
        .find((message) => actionsOf(message).includes('tell_apart')),
    );
    await sandbox.ana.click({ channel: 'C0OPS', ts: torn.ts, actionId: 'tell_apart' });
    const told = await sandbox.message(/^cluster-x: (it is|none of these)/, { threadTs: ts });
    expect(plainText(told)).toMatch(/: (confirmed|ruled out|cannot tell)/);
  });
});
