import { describe, expect, it } from '@jest/globals';
import type { App, BlockAction } from '@slack/bolt';
import type { SlackSimulator } from '../../../sandbox/slack/slack-simulator.js';
import { boltWorkspaces } from './bolt-workspace.js';

const connect = boltWorkspaces();
const plain = (text: string) => ({ type: 'plain_text' as const, text });
const button = (value: string) => ({
  type: 'button' as const,
  action_id: 'approve',
  text: plain('Approve'),
  value,
});
const actions = (...elements: object[]) => ({ type: 'actions', block_id: 'row', elements });

/** Posts `blocks` to #ops as the bot and returns the ts. */
async function post(slack: SlackSimulator, blocks: object[], extra: object = {}): Promise<string> {
  const response = await fetch(`${slack.apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ channel: 'C0OPS', text: 'card', blocks, ...extra }),
  });
  const { ts } = (await response.json()) as { ts: string };
  return ts;
}

const onApprove = (app: App, then: (body: BlockAction, app: App) => Promise<unknown>) => {
  app.action<BlockAction>('approve', async ({ ack, body }) => {
    await ack();
    await then(body, app);
  });
};

describe('a button', () => {
  it('sends who clicked what in which message', async () => {
    let body: Record<string, unknown> = {};
    const slack = await connect((app) => onApprove(app, async (sent) => void Object.assign(body, sent)));
    body = {};
    const { ts: root } = await slack.as('U0ANA').say({ channel: 'C0OPS', text: 'root' });
    const ts = await post(slack, [actions(button('rq_1'))], { thread_ts: root });
    await slack.as('U0BO').click({ channel: 'C0OPS', ts, actionId: 'approve' });
    await slack.waitFor(() => 'actions' in body);
    expect(body).toMatchObject({
      type: 'block_actions',
      user: { id: 'U0BO', name: 'bo', team_id: 'T0ACK' },
      channel: { id: 'C0OPS', name: 'ops' },
      container: { type: 'message', message_ts: ts, is_ephemeral: false, thread_ts: root },
      message: { ts, thread_ts: root, parent_user_id: 'U0ANA', bot_id: 'B0BOT' },
      actions: [{ type: 'button', action_id: 'approve', block_id: 'row', value: 'rq_1' }],
    });
    expect(body).not.toHaveProperty('name');
  });

  it('is told apart by its value where two share an action id, and is gone once an edit removed it', async () => {
    const values: unknown[] = [];
    const slack = await connect((app) =>
      onApprove(app, async ({ actions: [action] }) => values.push((action as { value: string }).value)),
    );
    const ts = await post(slack, [
      actions(button('a'), { ...button('b'), action_id: 'other' }),
      { ...actions(button('c')), block_id: 'two' },
    ]);
    const bo = slack.as('U0BO');
    await bo.click({ channel: 'C0OPS', ts, actionId: 'approve', value: 'c' });
    expect(values).toEqual(['c']);
    await expect(bo.click({ channel: 'C0OPS', ts, actionId: 'approve', value: 'zzz' })).rejects.toThrow(
      TypeError,
    );
    await expect(bo.click({ channel: 'C0OPS', ts: '1.000000', actionId: 'approve' })).rejects.toThrow(
      'sees no message',
    );
  });

  it('in an attachment names the attachment', async () => {
    let body: Record<string, unknown> = {};
    const slack = await connect((app) =>
      onApprove(app, async (sent) => {
        body = { ...sent };
      }),
    );
    const ts = await post(slack, [], { attachments: [{ color: '#a30200', blocks: [actions(button('a'))] }] });
    await slack.as('U0BO').click({ channel: 'C0OPS', ts, actionId: 'approve' });
    await slack.waitFor(() => 'container' in body);
    expect(body).toMatchObject({ container: { type: 'message_attachment', attachment_id: 1 } });
  });

  it('in an ephemeral message carries no message, and response_url replaces and deletes it', async () => {
    const bodies: Record<string, unknown>[] = [];
    const slack = await connect((app) => {
      app.command('/acknet', async ({ ack }) =>
        ack({ text: 'sure?', blocks: [actions(button('a')) as never] }),
      );
      app.action<BlockAction>('approve', async ({ ack, body, respond }) => {
        await ack();
        bodies.push({ ...body });
        const blocks = [actions(button('b')) as never];
        await respond(
          bodies.length === 1
            ? { replace_original: true, text: 'really?', blocks }
            : { delete_original: true },
        );
      });
    });
    const bo = slack.as('U0BO');
    const shown = () => slack.messages({ channel: 'C0OPS', as: 'U0BO' });
    await bo.command({ channel: 'C0OPS', text: '/acknet fix' });
    const ts = shown()[0]?.ts ?? '';
    await bo.click({ channel: 'C0OPS', ts, actionId: 'approve', value: 'a' });
    await slack.waitFor(() => shown()[0]?.text === 'really?');
    expect(bodies[0]).not.toHaveProperty('message');
    expect(bodies[0]).toMatchObject({ container: { is_ephemeral: true, message_ts: ts } });
    await expect(slack.as('U0ANA').click({ channel: 'C0OPS', ts, actionId: 'approve' })).rejects.toThrow(
      TypeError,
    );
    await bo.click({ channel: 'C0OPS', ts, actionId: 'approve', value: 'b' });
    await slack.waitFor(() => shown().length === 0);
  });

  it('that nobody acknowledges shows a warning to the one who clicked', async () => {
    const slack = await connect(() => undefined, { ackDeadlineMs: 50 });
    const ts = await post(slack, [actions(button('a'))]);
    const outcome = await slack.as('U0BO').click({ channel: 'C0OPS', ts, actionId: 'approve' });
    expect(outcome).toEqual({ ok: false, error: 'operation_timeout' });
    expect(slack.messages({ channel: 'C0OPS', as: 'U0BO' })).toHaveLength(2);
    expect(slack.messages({ channel: 'C0OPS', as: 'U0ANA' })).toHaveLength(1);
  });
});

describe('other elements', () => {
  const option = (value: string) => ({ text: plain(value), value });
  it.each([
    [
      'a select',
      actions({ type: 'static_select', action_id: 'pick', options: [option('n1'), option('n2')] }),
      'n2',
      { type: 'static_select', selected_option: { value: 'n2' } },
    ],
    [
      'an overflow menu',
      actions({ type: 'overflow', action_id: 'pick', options: [option('show'), option('dismiss')] }),
      'dismiss',
      { type: 'overflow', selected_option: { value: 'dismiss' } },
    ],
    [
      'feedback buttons',
      {
        type: 'context_actions',
        elements: [
          {
            type: 'feedback_buttons',
            action_id: 'pick',
            positive_button: { text: plain('Yes'), value: 'up' },
            negative_button: { text: plain('No'), value: 'down' },
          },
        ],
      },
      'down',
      { type: 'feedback_buttons', value: 'down', text: { text: 'No' } },
    ],
  ])('%s sends what was chosen', async (_name, block, value, action) => {
    const sent: unknown[] = [];
    const slack = await connect((app) => {
      app.action<BlockAction>('pick', async ({ ack, body }) => {
        await ack();
        sent.push(body.actions[0]);
      });
    });
    const ts = await post(slack, [block]);
    await slack.as('U0ANA').click({ channel: 'C0OPS', ts, actionId: 'pick', value });
    expect(sent).toMatchObject([{ action_id: 'pick', ...action }]);
  });

  it('an external select offers what the app answers', async () => {
    const slack = await connect((app) => {
      app.options('pick', async ({ ack, payload }) =>
        ack({ options: [option(`${payload.value}-1`), option(`${payload.value}-2`)] }),
      );
    });
    const ts = await post(slack, [actions({ type: 'external_select', action_id: 'pick' })]);
    const offered = await slack
      .as('U0ANA')
      .suggest({ channel: 'C0OPS', ts, actionId: 'pick', value: 'node' });
    expect(offered.map(({ value }) => value)).toEqual(['node-1', 'node-2']);
  });
});

describe('response_url', () => {
  const urlOf = async (): Promise<{ url: string; slack: SlackSimulator; clock: { ms: number } }> => {
    const clock = { ms: Date.parse('2026-11-24T10:00:00Z') };
    let url = '';
    const slack = await connect(
      (app) => {
        app.command('/acknet', async ({ ack, command }) => {
          url = command.response_url;
          await ack();
        });
      },
      { now: () => new Date(clock.ms) },
    );
    await slack.as('U0BO').command({ channel: 'C0SECRET', text: '/acknet hi' });
    return { url, slack, clock };
  };
  const use = async (url: string, body: object) => {
    const response = await fetch(url, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
    return { status: response.status, ...((await response.json()) as object) };
  };

  it('answers five times, even in a channel the bot is not in, and no sixth', async () => {
    const { url, slack } = await urlOf();
    for (let count = 0; count < 4; count += 1) await use(url, { text: `answer ${count}` });
    expect(await use(url, { text: 'to all', response_type: 'in_channel' })).toEqual({
      status: 200,
      ok: true,
    });
    expect(await use(url, { text: 'one more' })).toEqual({ status: 404, ok: false, error: 'used_url' });
    expect(slack.messages({ channel: 'C0SECRET' }).map(({ text }) => text)).toEqual(['to all']);
    expect(slack.messages({ channel: 'C0SECRET', as: 'U0BO' })).toHaveLength(5);
  });

  it('expires after thirty minutes', async () => {
    const { url, clock } = await urlOf();
    clock.ms += 30 * 60_000 + 1;
    expect(await use(url, { text: 'late' })).toEqual({ status: 404, ok: false, error: 'expired_url' });
  });

  it('holds its answers to the limits', async () => {
    const { url } = await urlOf();
    expect(await use(url, { text: '' })).toEqual({ status: 400, ok: false, error: 'no_text' });
  });
});
