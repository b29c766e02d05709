import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../support/start-sandbox.js';
import { waitFor } from '../support/wait-for.js';

describe('two bots that Slack sends to over HTTP', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ replicas: 2, slack: { transport: 'http' } });
  });
  afterAll(() => sandbox.close());

  const idle = () =>
    waitFor('idle queues', async () => {
      const counts = Object.values((await sandbox.apps[0]?.queues.counts()) ?? {});
      return counts.length > 0 && counts.every(({ waiting, active }) => waiting + active === 0);
    });
  const text = (name: string) =>
    `@acknet nodes went NotReady after we bumped the flannel image by hand, cluster ${name}`;
  const answersTo = (threadTs: string) =>
    sandbox.slack.messages({ channel: 'C0OPS', threadTs }).filter(({ bot_id }) => bot_id !== undefined);

  it('hold no socket, and are told to be well', async () => {
    expect(sandbox.slack.sockets()).toBe(0);
    const probes = sandbox.apps.map((app) => app.probes().slack?.());
    await expect(Promise.all(probes)).resolves.toBeDefined();
  });

  it.each([
    ['delivered to both', () => sandbox.slack.faults.duplicateNextEvent()],
    [
      'whose acknowledgement is lost, so that it comes again to the other',
      () => sandbox.slack.faults.retryNextEvent(),
    ],
  ])('answer a question once that is %s', async (title, fault) => {
    fault();
    const { ts } = await sandbox.ana.say({ channel: 'C0OPS', text: text(title) });
    await sandbox.message(/^Nodes NotReady/, { threadTs: ts });
    await idle();
    expect(answersTo(ts)).toHaveLength(1);
  });

  it('carry out a command and a click, and show their answers', async () => {
    const outcome = await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet check cluster-x' });
    expect(outcome).toEqual({ ok: true });
    const card = await sandbox.message(/^Fix for cluster-x: Add cniVersion.*Waiting/);
    await sandbox.eve.click({ channel: 'C0OPS', ts: card.ts, actionId: 'proposal_approve' });
    await sandbox.message(/Only approvers/, { as: 'U0EVE' });
  });
});
