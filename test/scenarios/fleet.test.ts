import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { patience } from '../support/patience.js';
import { actionsOf, plainText } from '../support/read-message.js';
import { type Sandbox, startSandbox } from '../support/start-sandbox.js';

const ask = '/acknet fleet flannel-cni-version';
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({
    clusters: {
      'flannel-old': 'flannel-broken',
      'flannel-new': 'flannel-healthy',
      terway: 'terway-datapath-v2',
      dark: 'flannel-healthy',
      'flannel-known': 'flannel-broken',
    },
    requestTimeoutMs: patience(500),
  });
  simulator('dark').faults.add({ effect: { kind: 'status', status: 503 }, times: Number.POSITIVE_INFINITY });
});
afterAll(() => sandbox.close());

function simulator(name: string) {
  const found = sandbox.world.clusters.get(name);
  if (found === undefined) throw new TypeError(`no ${name}`);
  return found;
}
const roots = (channel: string) =>
  sandbox.slack
    .messages({ channel })
    .filter(
      ({ ts, thread_ts, bot_id }) => bot_id !== undefined && (thread_ts === undefined || thread_ts === ts),
    );

describe('one check over all clusters', () => {
  it('is one message, edited in place until it says the outcome first, worst first, a line a cluster', async () => {
    await sandbox.bo.command({
      channel: 'C0OPS',
      text: '/acknet mute flannel-cni-version.missing flannel-known rebuilt on Friday',
    });
    await sandbox.message(/^flannel-cni-version.missing is muted/, { as: 'U0BO' });
    await sandbox.ana.command({ channel: 'C0OPS', text: ask });
    const result = await sandbox.message(/^flannel-cni-version: found on 1 of 5 clusters \(flannel-old\)/);
    expect(roots('C0OPS').map(({ ts }) => ts)).toEqual([result.ts]);
    expect(result.text).toContain('1 found, 1 unknown, 2 clear, 1 not applicable, 1 with muted findings.');

    const text = plainText(result);
    const order = ['flannel-old', 'dark', 'flannel-known', 'flannel-new', 'terway'].map((name) =>
      text.indexOf(`*${name}*`),
    );
    expect(order.every((at) => at > 0)).toBe(true);
    expect([...order].sort((a, b) => a - b)).toEqual(order);
    expect(text).toMatch(/\*flannel-old\* · 1 cause.*: Flannel’s config lacks cniVersion/);
    expect(text).toMatch(/\*dark\* · unknown: Cluster dark: could not read /);
    expect(text).toMatch(/\*flannel-known\* · clear \(besides \d symptoms this does not explain, 1 muted\)/);
    expect(text).toMatch(/\*flannel-new\* · clear/);
    expect(text).toMatch(/\*terway\* · not applicable: \S/);
    expect(actionsOf(result)).toEqual(['fleet_open', 'fleet_open']);
  });

  it('calls the asker once, in its thread', async () => {
    const [root] = roots('C0OPS');
    const replies = () =>
      sandbox.slack
        .messages({ channel: 'C0OPS', threadTs: root?.ts ?? '' })
        .filter((message) => message.ts !== root?.ts);
    const done = await sandbox.slack.waitFor(() => replies()[0]);
    expect(plainText(done)).toContain('<@U0ANA>');
    expect(done.text).toContain('found on 1 of 5');
    expect(replies()).toHaveLength(1);
  });

  it('offers no fix by itself; its button opens the whole check of a cluster, with cards, in the thread', async () => {
    const [root] = roots('C0OPS');
    const ts = root?.ts ?? '';
    expect(sandbox.slack.messages({ channel: 'C0OPS' }).some(({ text }) => text.startsWith('Fix for'))).toBe(
      false,
    );
    await sandbox.ana.click({ channel: 'C0OPS', ts, actionId: 'fleet_open', blockId: openBlock(root, 0) });
    const check = await sandbox.message(/^flannel-old: 1 cause/, { threadTs: ts });
    expect(plainText(check)).toContain('flannel-cni-version');
    await sandbox.message(/^Fix for flannel-old: Add cniVersion/, { threadTs: ts });
  });

  it('takes only checks that there are, and says which is near', async () => {
    await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet fleet flannel-cni-verson' });
    const no = await sandbox.message(/^There is no check "flannel-cni-verson"/, { as: 'U0ANA' });
    expect(plainText(no)).toContain('Did you mean flannel-cni-version?');
    await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet fleet flannel-cni-version terway' });
    const one = await sandbox.message(/^It asks every cluster/, { as: 'U0ANA' });
    expect(plainText(one)).toContain('/acknet check flannel-cni-version terway');
  });

  it('is listed as one line while it runs, and cancelled as one', async () => {
    for (const name of ['flannel-old', 'terway'])
      simulator(name).faults.add({ effect: { kind: 'hang' }, times: Number.POSITIVE_INFINITY });
    await sandbox.ana.command({ channel: 'C0RANDOM', text: ask });
    const running = await sandbox.message(/^Looking for flannel-cni-version: [1-5] of 5 clusters done/, {
      channel: 'C0RANDOM',
    });
    await sandbox.eve.command({ channel: 'C0RANDOM', text: '/acknet status' });
    const status = await sandbox.message(/^Under way/, { channel: 'C0RANDOM', as: 'U0EVE' });
    expect(plainText(status)).toMatch(/Fleet check `flannel-cni-version`, \d clusters? to go: running/);
    expect(plainText(status)).not.toContain('Check of');
    await sandbox.ana.click({ channel: 'C0RANDOM', ts: running.ts, actionId: 'fleet_cancel' });
    const ended = await sandbox.message(/^flannel-cni-version: .*cancelled/, { channel: 'C0RANDOM' });
    expect(ended.ts).toBe(running.ts);
    expect(plainText(ended)).toMatch(/\*flannel-old\* · unknown: The run was cancelled/);
    expect(actionsOf(ended)).not.toContain('fleet_cancel');
  });

  it('where acknet may not post tells the asker so, and keeps nothing running', async () => {
    sandbox.slack.setBotMembership('C0SECRET', false);
    await sandbox.eve.command({ channel: 'C0SECRET', text: ask });
    const dm = sandbox.slack.dmOf('U0EVE');
    const told = await sandbox.message(/^Looking for flannel-cni-version on all clusters did not work/, {
      channel: dm,
    });
    expect(plainText(told)).toContain('<@U0EVE>');
    await sandbox.slack.waitFor(async () => (await sandbox.apps[0]?.queues.running())?.length === 0);
  });
});

function openBlock(message: { blocks?: unknown } | undefined, index: number): string | undefined {
  const blocks = (message?.blocks ?? []) as { block_id?: string; accessory?: { action_id?: string } }[];
  return blocks.filter(({ accessory }) => accessory?.action_id === 'fleet_open')[index]?.block_id;
}
