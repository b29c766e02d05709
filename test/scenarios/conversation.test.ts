import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { actionsOf, plainText } from '../support/read-message.js';
import { type Sandbox, startSandbox } from '../support/start-sandbox.js';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({});
});
afterAll(() => sandbox.close());

const channel = 'C0OPS';
const scheduler =
  'grpc requests all land on two backends, kube-proxy in ipvs mode, how do I set the scheduler to lc';

const inThread = (threadTs: string) =>
  sandbox.slack.messages({ channel, threadTs }).filter(({ bot_id }) => bot_id !== undefined);

/** Says something in a thread and gives what acknet answered to it. */
async function say(threadTs: string, text: string) {
  const before = inThread(threadTs).length;
  await sandbox.ana.say({ channel, threadTs, text });
  return sandbox.slack.waitFor(() => inThread(threadTs)[before]);
}

async function ask(text: string) {
  const { ts } = await sandbox.ana.say({ channel, text: `@acknet ${text}` });
  const answer = await sandbox.slack.waitFor(() => inThread(ts)[0]);
  return { ts, answer };
}

describe('in a thread', () => {
  it('follow-ups get their passage, never the card again, and "still broken" what to do next', async () => {
    const { ts, answer } = await ask(scheduler);
    expect(plainText(answer)).toContain('What to do');

    const impact = await say(ts, 'does that restart my pods?');
    expect(plainText(impact)).toContain('interrupts no running service');
    const undo = await say(ts, 'how do I roll that back later?');
    expect(plainText(undo)).toContain('take scheduler out again');
    expect(actionsOf(undo)).toContain('answer_more');

    const broken = plainText(await say(ts, 'did that, no change'));
    expect(broken).toMatch(/Still broken\?[\s\S]*1\. [\s\S]*2\. [\s\S]*3\. [\s\S]*who can approve this/);
    const cards = inThread(ts).filter((message) => plainText(message).includes('What to do'));
    expect(cards).toHaveLength(1);
  });

  it('what the entry does not say is said so, with the link', async () => {
    const { ts } = await ask(
      'which vpc, security group and ram roles belong to a cluster, where do I list its cloud resources?',
    );
    const said = await say(ts, 'how do I roll that back?');
    expect(plainText(said)).toMatch(/The entry does not say: how to take it back/);
    expect(plainText(said)).toMatch(/https:\/\/www\.alibabacloud\.com/);
  });

  it('another subject gets its own card', async () => {
    const { ts } = await ask(scheduler);
    const other = await say(
      ts,
      'another thing: nodes went NotReady after we bumped the flannel image by hand',
    );
    expect(other.text).toMatch(/^Nodes NotReady/);
  });

  it('the entry picked from a choice is what follow-ups are about', async () => {
    const { ts } = await sandbox.ana.say({ channel, text: '@acknet ipv6 does not work' });
    const choice = await sandbox.slack.waitFor(() => inThread(ts)[0]);
    expect(choice.text).toMatch(/^That could be/);
    await sandbox.ana.click({ channel, ts: choice.ts, actionId: 'choose_entry:0' });
    const card = await sandbox.slack.waitFor(() =>
      inThread(ts).find(({ text }) => !/^That could be/.test(text)),
    );
    const title = card.text.split(':')[0] ?? '';
    const why = await say(ts, 'why is that?');
    expect(why.text).toContain(title);
  });
});

describe('ordinary talk', () => {
  it.each([
    ['hi', /Hello\. Tell me/],
    ['谢谢', /You're welcome/],
    ['thanks a lot!', /You're welcome/],
    ['never mind', /All right/],
    ['what can you do', /ask me in your own words/],
    ['help me please', /ask me in your own words/],
  ])('"%s" gets a short fitting reply', async (text, reply) => {
    await sandbox.eve.say({ channel, text: `@acknet ${text}` });
    await sandbox.message(reply, { as: 'U0EVE' });
  });

  it('is no unanswered question, and not answered where nobody spoke to acknet', async () => {
    const { ts } = await ask(scheduler);
    await sandbox.ana.say({ channel, threadTs: ts, text: 'thanks, all good' });
    const last = await say(ts, 'is there any downtime?');
    expect(plainText(last)).toContain('interrupts no running service');
    await sandbox.bo.command({ channel, text: '/acknet unanswered' });
    const list = plainText(await sandbox.message(/^Questions not placed|Nothing to list/, { as: 'U0BO' }));
    for (const word of ['谢谢', 'thanks', 'never mind', 'approve', 'help me'])
      expect(list).not.toContain(word);
  });

  it('in a DM is answered in the DM', async () => {
    const dm = await sandbox.ana.openDm();
    await sandbox.ana.say({ channel: dm.channel, text: 'thank you' });
    await sandbox.message(/You're welcome/, { channel: dm.channel });
  });
});

describe('a command in plain words', () => {
  it.each(['check cluster-x please', 'please check cluster-x', 'is cluster-x ok?'])(
    '"%s" checks it',
    async (text) => {
      await sandbox.ana.say({ channel, text: `@acknet ${text}` });
      await sandbox.message(/cluster-x/);
      expect(
        sandbox.slack
          .messages({ channel })
          .map(({ text: said }) => said)
          .join('\n'),
      ).not.toMatch(/No cluster is called "(?:please|ok)/);
    },
  );

  it('"status?" and "who can approve this?" are answered', async () => {
    await sandbox.ana.say({ channel, text: '@acknet status?' });
    await sandbox.message(/check|fix|Nothing/i, { as: 'U0ANA' });
    await sandbox.ana.say({ channel, text: '@acknet who can approve this?' });
    await sandbox.message(/^Who may approve fixes/, { as: 'U0ANA' });
  });

  it('"approve" approves nothing, and points to the card', async () => {
    await sandbox.ana.command({ channel, text: '/acknet check cluster-x' });
    const card = await sandbox.slack.waitFor(() =>
      sandbox.slack.messages({ channel }).find((message) => actionsOf(message).includes('proposal_approve')),
    );
    const pointed = await pointedTo(card.ts);
    expect(pointed).toMatch(/^\{"text":"A word approves nothing/);
    const after = sandbox.slack.messages({ channel }).find(({ ts }) => ts === card.ts);
    expect(after && actionsOf(after)).toContain('proposal_approve');
  });
});

/** What a typed "approve" is answered with, once the card's place is noted down. */
async function pointedTo(card: string): Promise<string> {
  const answers = () =>
    sandbox.slack.messages({ channel, as: 'U0BO' }).filter(({ text }) => /^A word approves/.test(text));
  for (;;) {
    const before = answers().length;
    await sandbox.bo.say({ channel, text: '@acknet approve' });
    const said = JSON.stringify(await sandbox.slack.waitFor(() => answers()[before]));
    if (said.includes(card.replace('.', ''))) return said;
  }
}
