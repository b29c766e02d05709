import { describe, expect, it } from '@jest/globals';
import { startSimulatedSlack } from '../../support/start-simulated-slack.js';
import { boltWorkspaces } from './bolt-workspace.js';
import { connectRaw } from './raw-socket.js';

const connect = boltWorkspaces();
const bo = { channel: 'C0OPS', as: 'U0BO' };

describe('a slash command', () => {
  it('carries what Slack sends, and its ack’s text is shown to the one who typed it only', async () => {
    let body: Record<string, unknown> = {};
    const slack = await connect((app) => {
      app.command('/acknet', async ({ ack, command }) => {
        body = { ...command };
        await ack('on it');
      });
    });
    const outcome = await slack.as('U0BO').command({ channel: 'C0OPS', text: '/acknet check cluster-x' });
    expect(outcome).toEqual({ ok: true });
    expect(body).toMatchObject({
      command: '/acknet',
      text: 'check cluster-x',
      user_id: 'U0BO',
      channel_id: 'C0OPS',
      channel_name: 'ops',
      team_id: 'T0ACK',
      is_enterprise_install: 'false',
    });
    expect(body).not.toHaveProperty('thread_ts');
    expect(slack.messages(bo)).toMatchObject([{ text: 'on it', is_ephemeral: true, user: 'U0BOT' }]);
    expect(slack.messages({ channel: 'C0OPS', as: 'U0ANA' })).toEqual([]);
    expect(slack.messages({ channel: 'C0OPS' })).toEqual([]);
  });

  it('is answered in the channel where the ack says so', async () => {
    const slack = await connect((app) => {
      app.command('/acknet', async ({ ack }) => ack({ response_type: 'in_channel', text: 'hello all' }));
    });
    await slack.as('U0BO').command({ channel: 'C0OPS', text: '/acknet hi' });
    expect(slack.messages({ channel: 'C0OPS' })).toMatchObject([{ text: 'hello all', bot_id: 'B0BOT' }]);
  });

  it('fails visibly where nobody acknowledges it in time', async () => {
    const slack = await connect(() => undefined, { ackDeadlineMs: 50 });
    const outcome = await slack.as('U0BO').command({ channel: 'C0OPS', text: '/acknet hi' });
    expect(outcome).toEqual({ ok: false, error: 'operation_timeout' });
    expect(slack.messages(bo)).toMatchObject([{ is_ephemeral: true, user: 'USLACKBOT' }]);
  });

  it.each([
    ['in a thread', { text: '/acknet hi', threadTs: '1795400000.000100' }, 'not_in_threads'],
    ['that no app has', { text: '/deploy now' }, 'unknown_command'],
  ])('is refused by Slack itself %s', async (_where, command, error) => {
    let heard = 0;
    const slack = await connect((app) => {
      app.command(/.*/, async ({ ack }) => {
        heard += 1;
        await ack();
      });
    });
    expect(await slack.as('U0BO').command({ channel: 'C0OPS', ...command })).toEqual({ ok: false, error });
    expect(heard).toBe(0);
    expect(slack.messages(bo)).toHaveLength(1);
  });

  it('is not delivered again when its connection breaks', async () => {
    const slack = await startSimulatedSlack();
    const { frames } = await connectRaw(slack);
    const sent = () => frames.filter(({ type }) => type === 'slash_commands').length;
    const outcome = slack.as('U0BO').command({ channel: 'C0OPS', text: '/acknet hi' });
    await slack.waitFor(() => sent() === 1);
    slack.faults.dropSockets();
    expect(await outcome).toEqual({ ok: false, error: 'dispatch_failed' });
    const again = await connectRaw(slack);
    await slack.as('U0BO').say({ channel: 'C0OPS', text: 'hello' });
    await slack.waitFor(() => again.frames.some(({ type }) => type === 'events_api'));
    expect(again.frames.some(({ type }) => type === 'slash_commands')).toBe(false);
    slack.faults.dropSockets();
    expect(await slack.as('U0BO').command({ channel: 'C0OPS', text: '/acknet hi' })).toEqual({
      ok: false,
      error: 'app_not_connected',
    });
    await slack.close();
  });

  it('shows an answer that breaks a limit to nobody', async () => {
    const slack = await connect((app) => {
      app.command('/acknet', async ({ ack }) =>
        ack({ text: 'x', blocks: [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }] }),
      );
    });
    const outcome = await slack.as('U0BO').command({ channel: 'C0OPS', text: '/acknet hi' });
    expect(outcome).toMatchObject({ ok: false, error: 'invalid_ack' });
  });
});
