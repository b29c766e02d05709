import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { actionsOf, plainText } from '../support/read-message.js';
import { type Sandbox, startSandbox } from '../support/start-sandbox.js';

/** Shorter than Slack makes anybody wait who met a rate limit: a second at least. */
const WAITING_MS = 200;

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({
    file: { channels: { C0RANDOM: { answerUnmentioned: true } } },
    tuning: { waitingMs: WAITING_MS },
  });
});
afterAll(() => sandbox.close());

const flannel = 'nodes went NotReady after we bumped the flannel image by hand';

describe('a question', () => {
  it('is answered in its thread with cause, commands, documentation, check and feedback', async () => {
    const { ts } = await sandbox.ana.say({ channel: 'C0OPS', text: `@acknet ${flannel}` });
    const answer = await sandbox.message(/^Nodes NotReady/, { threadTs: ts });
    expect(answer.thread_ts).toBe(ts);
    const text = plainText(answer);
    for (const part of [
      'Symptom',
      'Cause',
      'kubectl edit cm kube-flannel-cfg -n kube-system',
      '"cniVersion"',
    ])
      expect(text).toContain(part);
    expect(text).toMatch(/https:\/\/www\.alibabacloud\.com\/help/);
    expect(actionsOf(answer)).toEqual(
      expect.arrayContaining(['answer_check', 'answer_not_it', 'answer_feedback']),
    );
  });

  it('is answered in a DM too', async () => {
    const { channel } = await sandbox.ana.openDm();
    await sandbox.ana.say({ channel, text: flannel });
    expect((await sandbox.message(/^Nodes NotReady/, { channel })).text).toContain('cniVersion');
  });

  it('that is none of its business gets an honest no, with the nearest topics', async () => {
    const { ts } = await sandbox.ana.say({
      channel: 'C0OPS',
      text: '@acknet when is the next train to Delft',
    });
    const answer = await sandbox.message(/^I don't know that one/, { threadTs: ts });
    expect(actionsOf(answer).filter((id) => id.startsWith('choose_entry'))).toHaveLength(3);
  });

  it('delivered twice is answered once', async () => {
    sandbox.slack.faults.duplicateNextEvent();
    const { ts } = await sandbox.ana.say({ channel: 'C0OPS', text: `@acknet ${flannel}, twice` });
    await sandbox.message(/^Nodes NotReady/, { threadTs: ts });
    // A later question is answered after whatever the duplicate led to.
    const later = await sandbox.ana.say({ channel: 'C0OPS', text: `@acknet ${flannel}, later` });
    await sandbox.message(/^Nodes NotReady/, { threadTs: later.ts });
    expect(botMessages(ts)).toHaveLength(1);
  });

  it('whose first delivery was lost is answered all the same', async () => {
    sandbox.slack.faults.retryNextEvent();
    const { ts } = await sandbox.ana.say({ channel: 'C0OPS', text: `@acknet ${flannel}, again` });
    await sandbox.message(/^Nodes NotReady/, { threadTs: ts });
    expect(botMessages(ts)).toHaveLength(1);
  });

  it('whose answer takes its time shows that it is looked at, until it is answered, however often it is delivered', async () => {
    const statuses = () => sandbox.slack.state('U0ANA').channels.flatMap(({ statuses: shown = [] }) => shown);
    sandbox.slack.faults.onMethod('chat.postMessage', { retryAfterSeconds: 1, times: 1 });
    sandbox.slack.faults.duplicateNextEvent();
    const { ts } = await sandbox.ana.say({ channel: 'C0OPS', text: `@acknet ${flannel}, looked at` });
    await sandbox.slack.waitFor(() => statuses().some(({ status }) => status === 'is looking it up…'));
    await sandbox.message(/^Nodes NotReady/, { threadTs: ts });
    expect(statuses()).toEqual([]);
    const said = () =>
      sandbox.slack.calls.flatMap(({ method, args }) =>
        method === 'assistant.threads.setStatus' && args.thread_ts === ts ? [args.status] : [],
      );
    await sandbox.slack.waitFor(() => said().length === 2);
    expect(said()).toEqual(['is looking it up…', '']);
  });

  it('asked by command is said aloud and answered below', async () => {
    await sandbox.ana.command({ channel: 'C0OPS', text: `/acknet ask ${flannel} <!channel>` });
    const said = await sandbox.message(/^Question: /);
    expect(JSON.stringify(said)).not.toContain('<!channel>');
    await sandbox.message(/^Nodes NotReady/, { threadTs: said.ts });
  });
});

describe('without being mentioned, acknet', () => {
  it('answers in a channel that opted in, when it is sure', async () => {
    const { ts } = await sandbox.ana.say({ channel: 'C0RANDOM', text: flannel });
    await sandbox.message(/^Nodes NotReady/, { channel: 'C0RANDOM', threadTs: ts });
  });

  it('says nothing there when it is not, and nothing elsewhere', async () => {
    const cake = await sandbox.ana.say({ channel: 'C0RANDOM', text: 'who brings cake on Friday?' });
    const quiet = await sandbox.ana.say({ channel: 'C0OPS', text: flannel });
    const { ts } = await sandbox.ana.say({ channel: 'C0RANDOM', text: `${flannel} again` });
    await sandbox.message(/^Nodes NotReady/, { channel: 'C0RANDOM', threadTs: ts });
    expect(sandbox.slack.messages({ channel: 'C0RANDOM', threadTs: cake.ts })).toHaveLength(1);
    expect(sandbox.slack.messages({ channel: 'C0OPS', threadTs: quiet.ts })).toHaveLength(1);
  });

  it('goes on in a thread where it has spoken', async () => {
    const { ts } = await sandbox.ana.say({ channel: 'C0OPS', text: `@acknet ${flannel}` });
    await sandbox.message(/^Nodes NotReady/, { threadTs: ts });
    await sandbox.ana.say({
      channel: 'C0OPS',
      threadTs: ts,
      text: 'and pods on other nodes: no IP addresses available in range set',
    });
    await sandbox.slack.waitFor(() => botMessages(ts).length === 2);
  });
});

describe('the buttons of an answer', () => {
  it('show the rest, and the next candidates when it was not meant', async () => {
    const { ts } = await sandbox.ana.say({ channel: 'C0OPS', text: `@acknet ${flannel}` });
    const answer = await sandbox.message(/^Nodes NotReady/, { threadTs: ts });
    await sandbox.ana.click({ channel: 'C0OPS', ts: answer.ts, actionId: 'answer_not_it' });
    const next = await sandbox.slack.waitFor(() => {
      const message = sandbox.slack.messages({ channel: 'C0OPS', threadTs: ts }).at(-1);
      return message !== undefined && /could be|do not know/.test(message.text) ? message : undefined;
    });
    expect(next.ts).toBe(answer.ts);
  });

  it('keep what people thought of it, for the maintainers', async () => {
    const { ts } = await sandbox.eve.say({ channel: 'C0OPS', text: `@acknet ${flannel}` });
    const answer = await sandbox.message(/^Nodes NotReady/, { threadTs: ts });
    const value = valueOfFeedback(answer, false);
    await sandbox.eve.click({ channel: 'C0OPS', ts: answer.ts, actionId: 'answer_feedback', value });
    await sandbox.message(/Noted/, { as: 'U0EVE' });

    await sandbox.bo.command({ channel: 'C0OPS', text: '/acknet feedback' });
    expect(plainText(await sandbox.message(/^Feedback on answers/, { as: 'U0BO' }))).toContain('1 not');
    await sandbox.bo.command({ channel: 'C0OPS', text: '/acknet unanswered' });
    expect(plainText(await sandbox.message(/^Questions not placed/, { as: 'U0BO' }))).toContain('Delft');
    await sandbox.eve.command({ channel: 'C0OPS', text: '/acknet unanswered' });
    await sandbox.message(/Only maintainers/, { as: 'U0EVE' });
  });

  it('give the lists as a file, in the maintainer’s own DM', async () => {
    await sandbox.bo.command({ channel: 'C0OPS', text: '/acknet unanswered --csv' });
    const dm = sandbox.slack.dmOf('U0BO');
    const file = await sandbox.slack.waitFor(() =>
      sandbox.slack
        .messages({ channel: dm })
        .flatMap(({ files = [] }) => files)
        .at(-1),
    );
    expect(file.name).toBe('acknet-unanswered.csv');
    expect(file.content).toContain('Delft');
  });
});

const botMessages = (threadTs: string) =>
  sandbox.slack.messages({ channel: 'C0OPS', threadTs }).filter(({ bot_id }) => bot_id !== undefined);

function valueOfFeedback(message: unknown, good: boolean): string {
  const found = JSON.stringify(message).match(/"value":"(\{[^}]*good\\":(?:true|false)\})"/g) ?? [];
  const wanted = found.find((text) => text.includes(`good\\":${good}`)) ?? '';
  return JSON.parse(wanted.slice('"value":'.length)) as string;
}
