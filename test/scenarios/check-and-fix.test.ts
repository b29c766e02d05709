import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Message } from '../../sandbox/page/sandbox-state.js';
import { actionsOf, plainText } from '../support/read-message.js';
import { type Sandbox, startSandbox } from '../support/start-sandbox.js';

let sandbox: Sandbox;
let thread: string;
let card: Message;
const cluster = () => {
  const simulator = sandbox.world.clusters.get('cluster-x');
  if (simulator === undefined) throw new TypeError('no cluster-x');
  return simulator;
};
const realWrites = () => cluster().writes.filter(({ dryRun }) => !dryRun);
const cardNow = () => sandbox.message(/^Fix for cluster-x: Add cniVersion/, { threadTs: thread });
const cardIn = (state: RegExp) =>
  sandbox.slack.waitFor(() =>
    sandbox.slack
      .messages({ channel: 'C0OPS', threadTs: thread })
      .find(({ ts, text }) => ts === card.ts && state.test(text)),
  );

beforeAll(async () => {
  sandbox = await startSandbox({ file: { fixes: { podReadySeconds: 2, verifySeconds: 5 } } });
});
afterAll(() => sandbox.close());

describe('a check', () => {
  it('is one message, edited in place until it says the outcome first', async () => {
    await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet check cluster-x' });
    const result = await sandbox.message(/^cluster-x: \d+ causes?, \d+ symptoms? · \d+ can be fixed here /);
    thread = result.ts;
    const roots = sandbox.slack
      .messages({ channel: 'C0OPS' })
      .filter(
        ({ ts, thread_ts, bot_id }) => bot_id !== undefined && (thread_ts === undefined || thread_ts === ts),
      );
    expect(roots).toHaveLength(1);
    expect(plainText(result)).toMatch(/\d+ clear · \d+ not applicable · \d+ unknown · \d+ advice/);
  });

  it('calls the asker when it is done, and shows the evidence below', async () => {
    const done = await sandbox.message(/Below: the evidence and \d+ fix cards?/, { threadTs: thread });
    expect(plainText(done)).toContain('<@U0ANA>');
    const evidence = await sandbox.message(/^cluster-x: the evidence of \d+ findings/, {
      threadTs: thread,
    });
    for (const part of [
      'has no cniVersion',
      'kube-system/kube-flannel-cfg',
      'cn-hangzhou.192.168.0.81',
      'cni config uninitialized',
    ])
      expect(plainText(evidence)).toContain(part);
  });

  it('lists what it could not read, to whoever asks', async () => {
    await sandbox.eve.click({ channel: 'C0OPS', ts: thread, actionId: 'run_list:advice' });
    const list = await sandbox.message(/^cluster-x: advice/, { as: 'U0EVE' });
    expect(list.is_ephemeral).toBe(true);
  });
});

describe('a fix card', () => {
  it('shows the diff, the restarts, the risk, who may approve, and until when', async () => {
    card = await cardNow();
    const text = plainText(card);
    for (const part of [
      '+  "cniVersion": "0.3.0"',
      '<@U0ANA> asks: add cniVersion to Flannel’s config on *cluster-x*, restart 5 Flannel pods, one node at a time (about 2 min)',
      '*Risk: medium.* Running pods keep their network; new pods on a node wait',
      '<!subteam^S0NETOPS>',
      '*until*',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('@@');
    expect(actionsOf(card)).toEqual(['proposal_approve', 'proposal_reject']);
    expect(realWrites()).toEqual([]);
  });

  it('refuses who has no rights, to them alone, and stays as it is', async () => {
    await sandbox.eve.click({ channel: 'C0OPS', ts: card.ts, actionId: 'proposal_approve' });
    const refusal = await sandbox.message(/^Only approvers of cluster-x/, { as: 'U0EVE' });
    expect(refusal.is_ephemeral).toBe(true);
    expect(refusal.text).toContain('<!subteam^S0NETOPS>');
    const now = await cardNow();
    expect({ text: plainText(now), actions: actionsOf(now) }).toEqual({
      text: plainText(card),
      actions: actionsOf(card),
    });
    expect(realWrites()).toEqual([]);
  });

  it('once approved is applied node by node, verified, and loses its buttons with the decision', async () => {
    await sandbox.bo.click({ channel: 'C0OPS', ts: card.ts, actionId: 'proposal_approve' });
    const fixed = await cardIn(/Fixed\./);
    expect(plainText(fixed)).toContain('Approved by <@U0BO>');
    expect(actionsOf(fixed)).toEqual(['proposal_undo']);

    const state = cluster().state();
    expect(state.nodes.map(({ ready }) => ready)).toEqual(['True', 'True', 'True', 'True', 'True']);
    expect(state.configMaps[0]?.data['cni-conf.json']).toContain('"cniVersion": "0.3.0"');
    const writes = realWrites().map(({ verb, path }) => `${verb} ${path.split('/').slice(-2, -1)}`);
    expect(writes).toEqual(['patch configmaps', ...Array(5).fill('delete pods')]);
  });

  it('is shown by the message that reported the problem, checked again, and told to who asked, once', async () => {
    const after = await sandbox.slack.waitFor(() =>
      sandbox.slack
        .messages({ channel: 'C0OPS' })
        .find((message) => message.ts === thread && plainText(message).includes('checked again')),
    );
    expect(plainText(after)).toMatch(/Fixed <!date[^>]*> by <@U0BO> · checked again: \d+ causes? left/);
    expect(plainText(after)).not.toContain('Flannel’s config lacks cniVersion');
    expect(plainText(after)).toMatch(
      /0 new, [1-9]\d* gone.*Gone: ConfigMap kube-flannel-cfg has no cniVersion/,
    );
    const told = () =>
      sandbox.slack
        .messages({ channel: 'C0OPS', threadTs: thread })
        .filter(({ text }) => /, checked again: /.test(text));
    await sandbox.slack.waitFor(() => told().length > 0);
    expect(told().map((message) => plainText(message).includes('<@U0ANA>'))).toEqual([true]);
  });

  it('never was on show with buttons that did not fit its state', () => {
    const edits = sandbox.slack.calls.filter(
      ({ method, args }) => method === 'chat.update' && args.ts === card.ts,
    );
    for (const { args } of edits) {
      const buttons = actionsOf(args as unknown as Message);
      if (/Waiting/.test(String(args.text))) continue;
      expect(buttons).not.toContain('proposal_approve');
    }
    expect(edits.length).toBeGreaterThan(1);
  });

  it('tells a second check that nothing is wrong any more, and what is gone', async () => {
    await sandbox.ana.click({ channel: 'C0OPS', ts: thread, actionId: 'run_again' });
    const again = await sandbox.slack.waitFor(() =>
      sandbox.slack
        .messages({ channel: 'C0OPS' })
        .find(({ ts, text }) => ts > thread && /^cluster-x: \d+ causes?/.test(text) && !/Below/.test(text)),
    );
    expect(plainText(again)).toMatch(/0 new, \d+ gone, [1-9]\d* unchanged/);
  });

  it('is undone by a change of its own, with a card of its own', async () => {
    const before = await cardNow();
    await sandbox.ana.click({ channel: 'C0OPS', ts: before.ts, actionId: 'proposal_undo' });
    const undo = await sandbox.message(/^Undo for cluster-x/, { threadTs: thread });
    expect(plainText(undo)).toContain('-  "cniVersion": "0.3.0"');
    expect(plainText(undo)).toContain('<@U0ANA> pressed Undo, so someone else must approve it.');
    // The first card of a thread calls the approvers; later ones name them.
    expect(plainText(undo)).toContain('*May approve:* @netops');
    expect(plainText(undo)).not.toContain('<!subteam');
    await sandbox.slack.waitFor(async () => actionsOf(await cardNow()).length === 0);
    await sandbox.bo.click({ channel: 'C0OPS', ts: undo.ts, actionId: 'proposal_approve' });
    await sandbox.message(/^Undo for cluster-x.*Undone\. Put back/, { threadTs: thread });
    expect(cluster().state().configMaps[0]?.data['cni-conf.json']).not.toContain('cniVersion');
  });

  it('stands in the history and in the audit log', async () => {
    await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet history cluster-x' });
    const history = plainText(await sandbox.message(/^Fixes, newest first/, { as: 'U0ANA' }));
    expect(history).toContain('*fixed*, approved by <@U0BO>');
  });
});

describe('rejecting', () => {
  it('asks why, and the card says so', async () => {
    await sandbox.ana.command({ channel: 'C0RANDOM', text: '/acknet check cluster-x' });
    const proposed = await sandbox.message(/^Fix for cluster-x: Add cniVersion.*Waiting/, {
      channel: 'C0RANDOM',
    });
    await sandbox.bo.click({ channel: 'C0RANDOM', ts: proposed.ts, actionId: 'proposal_reject' });
    const view = await sandbox.slack.waitFor(() => sandbox.slack.state('U0BO').views[0]);
    await sandbox.bo.submit({ viewId: view.id, values: { reason: { text: 'maintenance tonight' } } });
    const rejected = await sandbox.message(/^Fix for cluster-x: Add cniVersion.*Rejected/, {
      channel: 'C0RANDOM',
    });
    expect(plainText(rejected)).toContain('maintenance tonight');
    expect(plainText(rejected)).toContain('acknet changed nothing.');
    expect(actionsOf(rejected)).toEqual(['proposal_check']);
  });
});

describe('the log', () => {
  type Line = Readonly<Record<string, unknown>>;
  const lines = (said: string): Line[] =>
    sandbox.log.lines.filter(({ message }) => message === said).map(({ data }) => data as Line);

  it('leads from the click to the request that changed the cluster', () => {
    const write = lines('cluster request').find(
      ({ method, path, queue }) => method === 'PATCH' && /configmaps/.test(String(path)) && queue === 'fixes',
    );
    expect(write).toMatchObject({ cluster: 'cluster-x', status: 200, job: expect.any(String) });
    const queued = lines('queued').find(({ job }) => job === write?.job);
    expect(queued).toMatchObject({ queue: 'fixes', request: expect.any(String) });
    const heard = lines('heard').find(({ request }) => request === queued?.request);
    expect(heard).toMatchObject({
      user: 'U0BO',
      channel: 'C0OPS',
      control: expect.stringMatching(/approve/),
    });
  });

  it('has no line at info of what people say to each other', async () => {
    await sandbox.ana.say({ channel: 'C0RANDOM', text: 'lunch?' });
    const passed = await sandbox.slack.waitFor(() =>
      sandbox.log.lines.find(
        ({ message, data }) => message === 'heard' && /"message"/.test(JSON.stringify(data)),
      ),
    );
    expect(passed.level).toBe('debug');
  });

  it('holds nothing of what was typed, at info and above', () => {
    const kept = sandbox.log.lines.filter(({ level }) => level !== 'debug');
    expect(kept.length).toBeGreaterThan(5);
    expect(JSON.stringify(kept)).not.toContain('check cluster-x');
  });
});
