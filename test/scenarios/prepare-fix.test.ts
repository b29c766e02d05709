import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { actionsOf, plainText } from '../support/read-message.js';
import { type Sandbox, startSandbox } from '../support/start-sandbox.js';

let sandbox: Sandbox;
let threadTs: string;
beforeAll(async () => {
  sandbox = await startSandbox({ clusters: { 'cluster-x': 'terway-exhausted' } });
});
afterAll(() => sandbox.close());

describe('a finding whose fix must be told what to set', () => {
  const form = () => sandbox.slack.waitFor(() => sandbox.slack.state('U0ANA').views[0]);
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

  it('says what is wrong with what was given, to that person alone', async () => {
    const view = await press();
    await sandbox.ana.submit({
      viewId: view.id,
      values: { vSwitch: { value: 'nonsense' }, zone: { value: 'cn-hangzhou-i' } },
    });
    const told = await sandbox.message(/a vSwitch id such as/, { as: 'U0ANA' });
    expect(told.is_ephemeral).toBe(true);
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
