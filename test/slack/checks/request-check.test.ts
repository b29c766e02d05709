import { describe, expect, it } from '@jest/globals';
import { type CheckRequest, requestCheck } from '../../../src/slack/checks/request-check.js';
import type { SlackMessage } from '../../../src/slack/kit/message.js';

const request: CheckRequest = {
  cluster: 'cluster-x',
  checks: ['conntrack-limit'],
  scope: { namespaces: ['shop'], node: 'node-1' },
  requestedBy: { user: 'U0ANA', team: 'T0ACK' },
  channel: 'C0OPS',
};

async function ask(answers: {
  readonly may?: boolean;
  readonly joined?: boolean;
  readonly link?: string | undefined;
}) {
  const queued: CheckRequest[] = [];
  const replies: SlackMessage[] = [];
  const reason = 'Not everybody may ask.';
  await requestCheck(
    {
      approvals: { may: async () => (answers.may === false ? { ok: false, reason } : { ok: true }) },
      queues: {
        check: async (job) => {
          queued.push(job);
          return { runId: 'r1', joined: answers.joined === true, at: { channel: 'C0OPS', ts: '1.1' } };
        },
      },
      permalink: async () => answers.link,
    },
    request,
    async (message) => void replies.push(message),
  );
  return { queued, replies };
}

describe('a check that is asked for', () => {
  it('is queued as asked, and answered by its own message alone', async () => {
    expect(await ask({})).toEqual({ queued: [request], replies: [] });
  });

  it('is not queued for who may not ask, who is told why', async () => {
    const { queued, replies } = await ask({ may: false });
    expect(queued).toEqual([]);
    expect(replies.map(({ text }) => text)).toEqual(['Not everybody may ask.']);
  });

  it.each([
    ['with its address', 'https://ack.slack.com/p1', true],
    ['without where Slack tells none', undefined, false],
  ])('when one runs already joins that one, %s', async (_title, link, shown) => {
    const [reply] = (await ask({ joined: true, link })).replies;
    expect(reply?.text).toMatch(/^A check of cluster-x is already under way/);
    expect(JSON.stringify(reply).includes('https://ack.slack.com/p1')).toBe(shown);
  });
});
