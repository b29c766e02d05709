import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebClient, WebClientEvent } from '@slack/web-api';
import { everyScope } from '../../../sandbox/slack/requests/check-scope.js';
import { slackRates } from '../../../sandbox/slack/requests/rate-limits.js';
import type { SlackSimulator } from '../../../sandbox/slack/slack-simulator.js';
import { defaultWorkspace } from '../../../sandbox/slack/state/default-workspace.js';
import { startSimulatedSlack } from '../../support/start-simulated-slack.js';
import { silent } from './silent-logger.js';

let slack: SlackSimulator;
let client: WebClient;

const granted = (scopes: readonly string[]) => ({
  seed: { ...defaultWorkspace, app: { ...defaultWorkspace.app, scopes } },
});

beforeEach(async () => {
  slack = await startSimulatedSlack(granted(everyScope));
  client = clientOf(slack);
});
afterEach(() => slack.close());

const clientOf = (of: SlackSimulator, token = of.botToken): WebClient =>
  new WebClient(token, {
    slackApiUrl: of.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: silent,
  });

const raw = async (method: string, init: { headers?: Record<string, string>; body?: string } = {}) => {
  const response = await fetch(slack.apiUrl + method, { method: 'POST', ...init });
  return (await response.json()) as Record<string, unknown>;
};

describe('a token', () => {
  it.each([
    ['is needed', 'auth.test', '', 'not_authed'],
    ['must be known', 'auth.test', 'xoxb-other', 'invalid_auth'],
    ['of the app does not post', 'chat.postMessage', 'app', 'not_allowed_token_type'],
    ['of the bot opens no connection', 'apps.connections.open', 'bot', 'not_allowed_token_type'],
  ])('%s', async (_what, method, token, error) => {
    const known: Record<string, string> = { app: slack.appToken, bot: slack.botToken };
    const headers = token ? { authorization: `Bearer ${known[token] ?? token}` } : {};
    expect(await raw(method, { headers })).toEqual({ ok: false, error });
  });

  it('may stand in the body', async () => {
    const body = `token=${slack.botToken}`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await raw('auth.test', { headers, body })).toMatchObject({
      ok: true,
      user_id: 'U0BOT',
      bot_id: 'B0BOT',
      team_id: 'T0ACK',
      is_enterprise_install: false,
    });
    expect(JSON.stringify(slack.calls)).not.toContain(slack.botToken);
  });
});

describe('a message', () => {
  it('is posted, edited, linked and deleted', async () => {
    const blocks = [{ type: 'divider' as const }];
    const { ts = '', message } = await client.chat.postMessage({ channel: 'C0OPS', text: 'one', blocks });
    expect(message).toMatchObject({ text: 'one', bot_id: 'B0BOT', app_id: 'A0ACK', user: 'U0BOT' });
    await client.chat.update({ channel: 'C0OPS', ts, text: 'two' });
    expect(slack.messages({ channel: 'C0OPS' })).toMatchObject([{ ts, text: 'two', edited: {} }]);
    expect(slack.messages({ channel: 'C0OPS' })[0]).not.toHaveProperty('blocks');
    const { permalink } = await client.chat.getPermalink({ channel: 'C0OPS', message_ts: ts });
    expect(permalink).toBe(`https://ackme-ops.slack.com/archives/C0OPS/p${ts.replace('.', '')}`);
    await client.chat.delete({ channel: 'C0OPS', ts });
    expect(slack.messages({ channel: 'C0OPS' })).toEqual([]);
  });

  it('has a ts of its own, also within one millisecond', async () => {
    const frozen = await startSimulatedSlack({ now: () => new Date(1795400000000) });
    const post = async () => (await clientOf(frozen).chat.postMessage({ channel: 'C0OPS', text: 'x' })).ts;
    expect([await post(), await post()]).toEqual(['1795400000.000000', '1795400000.000100']);
    await frozen.close();
  });

  it('shown to one person only is in nobody else’s view and in no history', async () => {
    await client.chat.postEphemeral({ channel: 'C0OPS', user: 'U0EVE', text: 'psst' });
    expect(slack.messages({ channel: 'C0OPS', as: 'U0EVE' })).toMatchObject([{ is_ephemeral: true }]);
    expect(slack.messages({ channel: 'C0OPS', as: 'U0ANA' })).toEqual([]);
    expect((await client.conversations.history({ channel: 'C0OPS' })).messages).toEqual([]);
  });

  it('of a thread comes back from conversations.replies page by page', async () => {
    const { ts } = await slack.as('U0ANA').say({ channel: 'C0OPS', text: 'root' });
    for (const text of ['a', 'b']) await client.chat.postMessage({ channel: 'C0OPS', thread_ts: ts, text });
    const first = await client.conversations.replies({ channel: 'C0OPS', ts, limit: 2 });
    expect(first).toMatchObject({
      has_more: true,
      messages: [{ text: 'root', reply_count: 2 }, { text: 'a' }],
    });
    const cursor = first.response_metadata?.next_cursor ?? '';
    const second = await client.conversations.replies({ channel: 'C0OPS', ts, limit: 2, cursor });
    expect(second).toMatchObject({ has_more: false, messages: [{ text: 'b', thread_ts: ts }] });
  });

  it.each<[string, string, Record<string, unknown>]>([
    ['channel_not_found', 'chat.postMessage', { channel: 'C404', text: 'x' }],
    ['not_in_channel', 'chat.postMessage', { channel: 'C0SECRET', text: 'x' }],
    ['no_text', 'chat.postMessage', { channel: 'C0OPS' }],
    ['invalid_thread_ts', 'chat.postMessage', { channel: 'C0OPS', text: 'x', thread_ts: 'yesterday' }],
    ['markdown_text_conflict', 'chat.postMessage', { channel: 'C0OPS', text: 'x', markdown_text: 'y' }],
    ['message_not_found', 'chat.update', { channel: 'C0OPS', text: 'x', ts: '1.000000' }],
    ['message_not_found', 'chat.delete', { channel: 'C0OPS', ts: '1.000000' }],
    ['user_not_found', 'chat.postEphemeral', { channel: 'C0OPS', user: 'U404', text: 'x' }],
    ['thread_not_found', 'conversations.replies', { channel: 'C0OPS', ts: '1.000000' }],
    ['user_not_found', 'users.info', { user: 'U404' }],
    ['no_such_subteam', 'usergroups.users.list', { usergroup: 'S404' }],
    ['message_not_found', 'reactions.add', { channel: 'C0OPS', timestamp: '1.000000', name: 'eyes' }],
    ['unknown_method', 'chat.postPostcard', {}],
  ])('is refused as %s by %s', async (error, method, args) => {
    await expect(client.apiCall(method, args)).rejects.toMatchObject({ data: { ok: false, error } });
  });

  it('of someone else is not the bot’s to change, and is long enough at 4,000 characters', async () => {
    const { ts } = await slack.as('U0ANA').say({ channel: 'C0OPS', text: 'mine' });
    await expect(client.chat.update({ channel: 'C0OPS', ts, text: 'x' })).rejects.toThrow(
      'cant_update_message',
    );
    await expect(client.chat.delete({ channel: 'C0OPS', ts })).rejects.toThrow('cant_delete_message');
    const { ts: own = '' } = await client.chat.postMessage({ channel: 'C0OPS', text: 'x'.repeat(40_001) });
    expect(slack.messages({ channel: 'C0OPS' }).at(-1)?.text).toHaveLength(40_000);
    await client.chat.update({ channel: 'C0OPS', ts: own, text: '😀'.repeat(4000) });
    await expect(client.chat.update({ channel: 'C0OPS', ts: own, text: '😀'.repeat(4001) })).rejects.toThrow(
      'msg_too_long',
    );
  });
});

describe('a scope', () => {
  it.each([
    ['chat.postMessage', { channel: 'C0OPS', text: 'x' }, 'chat:write'],
    ['conversations.history', { channel: 'C0OPS' }, 'channels:history'],
    ['conversations.history', { channel: 'D0ANA' }, 'im:history'],
    ['conversations.open', { users: 'U0ANA' }, 'im:write'],
    ['reactions.add', { channel: 'C0OPS', timestamp: '1.000000', name: 'eyes' }, 'reactions:write'],
  ])('that was not granted keeps %s from being carried out', async (method, args, needed) => {
    const scopes = everyScope.filter((scope) => scope !== needed);
    const narrow = await startSimulatedSlack(granted(scopes));
    await expect(clientOf(narrow).apiCall(method, args)).rejects.toMatchObject({
      data: { error: 'missing_scope', needed, provided: scopes.join(',') },
    });
    await narrow.close();
  });

  it('is told with each answer', async () => {
    expect((await client.auth.test()).response_metadata).toMatchObject({ scopes: everyScope });
  });
});

describe('the rest of the workspace', () => {
  it('answers for people, groups and channels', async () => {
    slack.setUser('U0EVE', { deleted: true });
    expect(await client.users.info({ user: 'U0GUS' })).toMatchObject({ user: { is_restricted: true } });
    expect(await client.users.info({ user: 'U0EVE' })).toMatchObject({ user: { deleted: true } });
    expect(await client.users.info({ user: 'U0BOT' })).toMatchObject({ user: { is_bot: true } });
    expect((await client.usergroups.users.list({ usergroup: 'S0NETOPS' })).users).toEqual(['U0BO']);
    expect((await client.usergroups.list({})).usergroups).toMatchObject([{ handle: 'netops' }]);
    expect(await client.conversations.info({ channel: 'C0SECRET' })).toMatchObject({
      channel: { is_member: false },
    });
    expect((await client.conversations.members({ channel: 'C0OPS' })).members).toContain('U0BOT');
    expect((await client.conversations.open({ users: 'U0ANA' })).channel).toEqual({ id: 'D0ANA' });
  });

  it('takes a file in three steps and shows it in a thread', async () => {
    const { ts } = await slack.as('U0ANA').say({ channel: 'C0OPS', text: 'root' });
    await client.filesUploadV2({
      channel_id: 'C0OPS',
      thread_ts: ts,
      filename: 'pods.txt',
      content: 'pod-1 Running\npod-2 Ünready',
      initial_comment: 'the pods',
    });
    expect(slack.messages({ channel: 'C0OPS', threadTs: ts })[1]).toMatchObject({
      text: 'the pods',
      bot_id: 'B0BOT',
      files: [{ name: 'pods.txt', content: 'pod-1 Running\npod-2 Ünready' }],
    });
  });

  it('shows a thread’s status until the next reply, prompts, and one reaction a name', async () => {
    const { ts } = await slack.as('U0ANA').say({ channel: 'C0OPS', text: 'root' });
    const status = () => slack.state('U0ANA').channels[0]?.statuses;
    await client.assistant.threads.setStatus({ channel_id: 'C0OPS', thread_ts: ts, status: 'is reading…' });
    expect(status()).toEqual([{ thread_ts: ts, status: 'is reading…' }]);
    await client.chat.postMessage({ channel: 'C0OPS', thread_ts: ts, text: 'done' });
    expect(status()).toEqual([]);
    const prompts = [{ title: 'A', message: 'a' }];
    await client.apiCall('assistant.threads.setSuggestedPrompts', { channel_id: 'D0ANA', prompts });
    expect(slack.state('U0ANA').channels.at(-1)?.suggested_prompts).toEqual(prompts);
    const react = () => client.reactions.add({ channel: 'C0OPS', timestamp: ts, name: 'eyes' });
    await react();
    await expect(react()).rejects.toThrow('already_reacted');
  });

  it('validates blocks without a token', async () => {
    const headers = { 'content-type': 'application/json' };
    const check = (blocks: unknown[]) =>
      raw('blocks.validate', { headers, body: JSON.stringify({ blocks }) });
    expect(await check([{ type: 'divider' }])).toEqual({ ok: true });
    expect(await check([{ type: 'dividers' }])).toMatchObject({ ok: false, error: 'invalid_blocks' });
  });
});

describe('faults', () => {
  it.each([
    ['an error', { error: 'internal_error' }, 'internal_error'],
    ['an HTTP status', { status: 503 }, '503'],
    ['a rate limit', { retryAfterSeconds: 7 }, 'rate-limit'],
  ])('of a method show as %s, as often as told', async (_what, fault, message) => {
    slack.faults.onMethod('chat.postMessage', { ...fault, times: 1 });
    const post = () => client.chat.postMessage({ channel: 'C0OPS', text: 'x' });
    await expect(post()).rejects.toThrow(message);
    await post();
    expect(slack.messages({ channel: 'C0OPS' })).toHaveLength(1);
  });

  it('of every method end when undone', async () => {
    const undo = slack.faults.onMethod('*', { error: 'fatal_error' });
    await expect(client.auth.test()).rejects.toThrow('fatal_error');
    undo();
    await client.auth.test();
  });
});

describe('rate limits', () => {
  it('hold each channel to a message a second after a burst, and tell how long to wait', async () => {
    const clock = { ms: Date.parse('2026-11-24T10:00:00Z') };
    const strict = await startSimulatedSlack({ rates: slackRates, now: () => new Date(clock.ms) });
    const limited = clientOf(strict);
    const waits: number[] = [];
    limited.on(WebClientEvent.RATE_LIMITED, (seconds: number) => waits.push(seconds));
    const post = (channel: string) => limited.chat.postMessage({ channel, text: 'x' });
    for (let count = 0; count < 5; count += 1) await post('C0OPS');
    await expect(post('C0OPS')).rejects.toThrow('rate-limit');
    await post('C0RANDOM');
    clock.ms += 1000;
    await post('C0OPS');
    await expect(post('C0OPS')).rejects.toThrow('rate-limit');
    expect(waits).toEqual([1, 1]);
    await strict.close();
  });

  it.each([
    ['tier 2', 'usergroups.list', 20, 3],
    ['tier 3', 'conversations.info', 50, 2],
    ['tier 4', 'users.info', 100, 1],
  ])('of %s end a minute’s calls', async (_tier, method, most, wait) => {
    const strict = await startSimulatedSlack({ rates: 'slack', now: () => new Date(1795400000000) });
    const call = async () => {
      const headers = { authorization: `Bearer ${strict.botToken}` };
      const response = await fetch(strict.apiUrl + method, { method: 'POST', headers });
      return { status: response.status, wait: response.headers.get('retry-after') };
    };
    for (let count = 0; count < most; count += 1) expect((await call()).status).toBe(200);
    expect(await call()).toEqual({ status: 429, wait: String(wait) });
    await strict.close();
  });
});
