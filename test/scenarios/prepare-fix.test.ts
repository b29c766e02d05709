import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { patience } from '../support/patience.js';
import { actionsOf, plainText } from '../support/read-message.js';
import { type Sandbox, startSandbox } from '../support/start-sandbox.js';

let sandbox: Sandbox;
let threadTs: string;
beforeAll(async () => {
  sandbox = await startSandbox({ clusters: { 'cluster-x': 'terway-exhausted' } });
});
afterAll(() => sandbox.close());
/** Where a cluster is read for longer than Slack waits for a form, that stays open to say that the card is there. */
afterEach(async () => {
  for (const { id } of sandbox.slack.state('U0ANA').views) await sandbox.ana.closeView({ viewId: id });
});

const form = () => sandbox.slack.waitFor(() => sandbox.slack.state('U0ANA').views[0]);

describe('a finding whose fix must be told what to set', () => {
  const press = async () => {
    const below = await sandbox.message(/^cluster-x: the evidence of/, { threadTs });
    const action = actionsOf(below).find((id) => id.startsWith('fix_start')) ?? 'none';
    await sandbox.ana.click({ channel: 'C0OPS', ts: below.ts, actionId: action });
    return form();
  };

  it('has a button instead of a card, and nothing is called refused', async () => {
    await sandbox.ana.command({
      channel: 'C0OPS',
      text: '/acknet check cluster-x vswitch-addresses-exhausted network-policy-latency',
    });
    threadTs = (await sandbox.message(/^cluster-x: \d+ cause/)).ts;
    const below = await sandbox.message(/^cluster-x: the evidence of/, { threadTs });
    expect(plainText(below)).not.toContain('No button for');
    expect(actionsOf(below)).toContain('fix_start:0');
  });

  it('asks for it in a form, and shows the exact change on a card', async () => {
    const view = await press();
    const values = { vSwitch: { value: 'vsw-bp1new0added0here0001' }, zone: { value: 'cn-hangzhou-i' } };
    await sandbox.ana.submit({ viewId: view.id, values });
    const card = await sandbox.message(/^Fix for cluster-x.*pod vSwitch/i, { threadTs });
    expect(plainText(card)).toContain('vsw-bp1new0added0here0001');
    expect(plainText(card)).toContain('Not verified');
  });

  it('says below the field what is wrong with it, and keeps what was typed', async () => {
    const view = await press();
    const values = { vSwitch: { value: 'nonsense' }, zone: { value: 'cn-hangzhou-i' } };
    expect(await sandbox.ana.submit({ viewId: view.id, values })).toMatchObject({
      errors: { vSwitch: expect.stringMatching(/a vSwitch id such as/) },
    });
    await sandbox.ana.closeView({ viewId: view.id });
  });

  it('says in the form why the cluster cannot take it, and keeps what was typed', async () => {
    const view = await press();
    const listed = /cn-hangzhou-[a-z]: (vsw-[a-z0-9]+)/.exec(JSON.stringify(view))?.[1] ?? 'none';
    await sandbox.ana.submit({
      viewId: view.id,
      values: { vSwitch: { value: listed }, zone: { value: 'cn-hangzhou-i' } },
    });
    const again = await sandbox.slack.waitFor(() => {
      const [now] = sandbox.slack.state('U0ANA').views;
      return JSON.stringify(now).includes(':x:') && now;
    });
    expect(plainText(again)).toMatch(/:x: .*(listed already|nothing for this fix)/);
    expect(JSON.stringify(again)).toContain(listed);
    await sandbox.ana.closeView({ viewId: again.id });
  });
});

describe('a fix asked for by command without what it must be told', () => {
  it('opens its form, with what the cluster knows as choices and a hint below each field', async () => {
    await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet fix cordon-node cluster-x' });
    const view = await form();
    const text = JSON.stringify(view);
    expect(text).toMatch(/"type":"static_select".*cn-hangzhou/);
    expect(text).toContain('Its name, as kubectl get nodes shows it.');
    const node = /"value":"(cn-hangzhou[^"]+)"/.exec(text)?.[1] ?? '';
    await sandbox.ana.submit({ viewId: view.id, values: { node: { value: node } } });
    const card = await sandbox.message(/^Fix for cluster-x: Keep new pods off/);
    expect(plainText(card)).toContain(`<@U0ANA> asks: keep new pods off node ${node} on *cluster-x*`);
  });

  it('takes what was given along, and asks for the rest', async () => {
    const text = '/acknet fix add-pod-vswitch cluster-x vSwitch=vsw-bp1new0added0here0002';
    await sandbox.ana.command({ channel: 'C0OPS', text });
    const view = await form();
    expect(JSON.stringify(view)).toContain('"initial_value":"vsw-bp1new0added0here0002"');
    await sandbox.ana.closeView({ viewId: view.id });
  });

  it.each<[string, { readonly inThread: boolean }]>([
    ['in a mention', { inThread: false }],
    ['in a mention in a thread', { inThread: true }],
  ])('opens it by a button where no form can be opened: %s', async (_where, { inThread }) => {
    const at = inThread
      ? { threadTs: (await sandbox.ana.say({ channel: 'C0OPS', text: 'look at this thread' })).ts }
      : {};
    const text = '@acknet fix add-pod-vswitch cluster-x zone=cn-hangzhou-i';
    await sandbox.ana.say({ channel: 'C0OPS', text, ...at });
    const asked = await sandbox.message(/this must be told what to set/, { as: 'U0ANA', ...at });
    await sandbox.ana.click({ channel: 'C0OPS', ts: asked.ts, actionId: 'fix_start:0' });
    const view = await form();
    expect(JSON.stringify(view)).toContain('"cn-hangzhou-i"');
    const vSwitch = `vsw-bp1new0asked0by0a0mention${inThread ? 1 : 2}`;
    await sandbox.ana.submit({
      viewId: view.id,
      values: { vSwitch: { value: vSwitch }, zone: { value: 'cn-hangzhou-i' } },
    });
    const card = await sandbox.slack.waitFor(
      () =>
        sandbox.slack
          .messages({ channel: 'C0OPS', ...at })
          .find((message) => /^Fix for cluster-x/.test(message.text) && plainText(message).includes(vSwitch)),
      patience(15_000),
    );
    expect(plainText(card)).toContain('<@U0ANA> asks: add vSwitch');
  });
});

describe('advice', () => {
  it('brings no card by itself; its list says how to ask for one', async () => {
    const cards = sandbox.slack.calls.filter(
      ({ method, args }) => method === 'chat.postMessage' && /network policies off/i.test(String(args.text)),
    );
    expect(cards).toEqual([]);
    await sandbox.ana.click({ channel: 'C0OPS', ts: threadTs, actionId: 'run_list:advice' });
    const list = await sandbox.message(/^cluster-x: advice/, { as: 'U0ANA' });
    expect(plainText(list)).toContain('`/acknet fix disable-network-policy cluster-x`');
  });
});
