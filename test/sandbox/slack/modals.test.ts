import { describe, expect, it } from '@jest/globals';
import type { App, ViewResponseAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { WebClient } from '@slack/web-api';
import type { SlackSimulator } from '../../../sandbox/slack/slack-simulator.js';
import { boltWorkspaces } from './bolt-workspace.js';

const connect = boltWorkspaces();
const plain = (text: string) => ({ type: 'plain_text' as const, text });

const modal = (title: string, extra: Partial<ModalView> = {}): ModalView => ({
  type: 'modal',
  callback_id: 'params',
  private_metadata: 'rq_1',
  title: plain(title),
  submit: plain('Run'),
  blocks: [
    {
      type: 'input',
      block_id: 'reason',
      label: plain('Reason'),
      element: { type: 'plain_text_input', action_id: 'text', min_length: 3 },
    },
    {
      type: 'input',
      block_id: 'node',
      optional: true,
      label: plain('Node'),
      element: {
        type: 'static_select',
        action_id: 'pick',
        options: [{ text: plain('node-1'), value: 'n1' }],
      },
    },
  ],
  ...extra,
});

/** A workspace where `/acknet` opens `view`, and Bo has typed it. */
async function opened(
  view: ModalView,
  listen: (app: App) => void = () => undefined,
): Promise<SlackSimulator> {
  const slack = await connect((app) => {
    app.command('/acknet', async ({ ack, command, client }) => {
      await ack();
      await client.views.open({ trigger_id: command.trigger_id, view });
    });
    listen(app);
  });
  await slack.as('U0BO').command({ channel: 'C0OPS', text: '/acknet fix' });
  await slack.waitFor(() => shown(slack).length === 1);
  return slack;
}

const shown = (slack: SlackSimulator) => slack.state('U0BO').views;
const topId = (slack: SlackSimulator): string => shown(slack).at(-1)?.id ?? '';
const filled = { reason: { text: 'disk pressure' }, node: { pick: 'n1' } };

describe('a modal', () => {
  it('sends its values by block and action, and closes on a plain ack', async () => {
    let view: Record<string, unknown> = {};
    const slack = await opened(modal('Drain'), (app) =>
      app.view('params', async ({ ack, view: sent }) => {
        view = { ...sent };
        await ack();
      }),
    );
    expect(slack.state('U0ANA').views).toEqual([]);
    expect(await slack.as('U0BO').submit({ viewId: topId(slack), values: filled })).toEqual({ ok: true });
    expect(view).toMatchObject({
      callback_id: 'params',
      private_metadata: 'rq_1',
      previous_view_id: null,
      state: {
        values: {
          reason: { text: { type: 'plain_text_input', value: 'disk pressure' } },
          node: { pick: { type: 'static_select', selected_option: { value: 'n1' } } },
        },
      },
    });
    expect(shown(slack)).toEqual([]);
  });

  it.each([
    ['a required field left empty', { reason: { text: '' } }, 'Please complete this required field.'],
    ['a text too short', { reason: { text: 'no' } }, 'Must be at least 3 characters.'],
  ])('is not sent with %s', async (_what, values, fault) => {
    let sent = 0;
    const slack = await opened(modal('Drain'), (app) =>
      app.view('params', async () => {
        sent += 1;
      }),
    );
    const outcome = await slack.as('U0BO').submit({ viewId: topId(slack), values });
    expect(outcome).toEqual({ ok: false, error: 'validation', errors: { reason: fault } });
    expect(shown(slack)[0]?.errors).toEqual({ reason: fault });
    expect(sent).toBe(0);
  });

  it.each<[string, ViewResponseAction, object, string[]]>([
    [
      'shows the app’s errors at their inputs',
      { response_action: 'errors', errors: { reason: 'Say more.' } },
      { ok: false, error: 'validation', errors: { reason: 'Say more.' } },
      ['Drain'],
    ],
    ['becomes another', { response_action: 'update', view: modal('Next') }, { ok: true }, ['Next']],
    ['lies under another', { response_action: 'push', view: modal('Next') }, { ok: true }, ['Drain', 'Next']],
    ['closes with all others', { response_action: 'clear' }, { ok: true }, []],
    [
      'stays where the errors name no input',
      { response_action: 'errors', errors: { elsewhere: 'x' } },
      { ok: false, error: 'invalid_ack', errors: { ack: 'errors must name input blocks' } },
      ['Drain'],
    ],
    [
      'stays where the new view breaks a limit',
      { response_action: 'update', view: modal('A title that is far too long') },
      {
        ok: false,
        error: 'invalid_ack',
        errors: { ack: 'must be less than 25 characters /view/title/text' },
      },
      ['Drain'],
    ],
  ])('%s', async (_what, answer, outcome, titles) => {
    const slack = await opened(modal('Drain'), (app) => app.view('params', async ({ ack }) => ack(answer)));
    expect(await slack.as('U0BO').submit({ viewId: topId(slack), values: filled })).toEqual(outcome);
    expect(shown(slack).map(({ title }) => title.text)).toEqual(titles);
  });

  it('tells the app that it was closed where it asked to be told', async () => {
    const closed: string[] = [];
    const slack = await opened(modal('Drain', { notify_on_close: true }), (app) =>
      app.view({ callback_id: 'params', type: 'view_closed' }, async ({ ack, view }) => {
        await ack();
        closed.push(view.callback_id);
      }),
    );
    await slack.as('U0BO').closeView({ viewId: topId(slack) });
    expect(closed).toEqual(['params']);
    expect(shown(slack)).toEqual([]);
  });

  it('is at most three deep, and is updated only with the hash it has', async () => {
    const slack = await opened(modal('Drain'), (app) =>
      app.view('params', async ({ ack }) => ack({ response_action: 'push', view: modal('Next') })),
    );
    const bo = slack.as('U0BO');
    for (const depth of [2, 3]) {
      await bo.submit({ viewId: topId(slack), values: filled });
      expect(shown(slack)).toHaveLength(depth);
    }
    expect(await bo.submit({ viewId: topId(slack), values: filled })).toMatchObject({ error: 'invalid_ack' });
    const client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl });
    const update = { view_id: topId(slack), view: modal('New') };
    await expect(client.views.update({ ...update, hash: 'stale' })).rejects.toThrow('hash_conflict');
    const { view } = await client.views.update(update);
    await client.views.update({ ...update, hash: view?.hash ?? '' });
  });
});

describe('a trigger id', () => {
  const triggers = async (clock = { ms: Date.now() }) => {
    const ids: string[] = [];
    const slack = await connect(
      (app) => {
        app.command('/acknet', async ({ ack, command }) => {
          ids.push(command.trigger_id);
          await ack();
        });
      },
      { now: () => new Date(clock.ms) },
    );
    await slack.as('U0BO').command({ channel: 'C0OPS', text: '/acknet' });
    return { client: new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl }), id: ids[0] ?? '', clock };
  };

  it('opens one view', async () => {
    const { client, id } = await triggers();
    await client.views.open({ trigger_id: id, view: modal('One') });
    await expect(client.views.open({ trigger_id: id, view: modal('Two') })).rejects.toThrow(
      'exchanged_trigger_id',
    );
    await expect(client.views.open({ trigger_id: 'made-up', view: modal('Two') })).rejects.toThrow(
      'invalid_trigger_id',
    );
  });

  it('lives three seconds', async () => {
    const { client, id, clock } = await triggers();
    clock.ms += 3001;
    await expect(client.views.open({ trigger_id: id, view: modal('One') })).rejects.toThrow(
      'expired_trigger_id',
    );
  });
});

describe('a Home tab', () => {
  it('is shown to its person once published, and comes back in app_home_opened', async () => {
    const events: Record<string, unknown>[] = [];
    const slack = await connect((app) => {
      app.event('app_home_opened', async ({ event, client }) => {
        events.push({ ...event });
        const blocks = [{ type: 'divider' as const }];
        await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
      });
    });
    await slack.as('U0ANA').openHome();
    await slack.waitFor(() => slack.state('U0ANA').home);
    await slack.as('U0ANA').openHome();
    await slack.waitFor(() => events.length === 2);
    expect(events[0]).not.toHaveProperty('view');
    expect(events[1]).toMatchObject({ view: { type: 'home', blocks: [{ type: 'divider' }] } });
    expect(slack.state('U0BO').home).toBeUndefined();
  });
});
