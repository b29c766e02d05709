import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { WebClient } from '@slack/web-api';
import type { SlackSimulator } from '../../../sandbox/slack/slack-simulator.js';
import { AcknetError } from '../../../src/errors.js';
import type { CheckOutcome } from '../../../src/jobs/ports.js';
import { createCheckReporter } from '../../../src/slack/checks/create-check-reporter.js';
import { createExchangeStore } from '../../../src/slack/questions/exchange-store.js';
import { createIntentCatalogue } from '../../../src/slack/questions/intent-catalogue.js';
import { createClients } from '../../../src/slack/wire/create-clients.js';
import { createEditor } from '../../../src/slack/wire/create-editor.js';
import { createPoster } from '../../../src/slack/wire/create-poster.js';
import { createSendFolded } from '../../../src/slack/wire/posts/send-folded.js';
import { quietLogger } from '../../support/quiet-logger.js';
import { redisForTest } from '../../support/redis-for-test.js';
import { startSimulatedSlack } from '../../support/start-simulated-slack.js';
import { waitFor } from '../../support/wait-for.js';

const redisOf = redisForTest();
let slack: SlackSimulator;
beforeAll(async () => {
  slack = await startSimulatedSlack();
});
afterAll(() => slack.close());

const atOnce = { turn: async () => undefined };

function stand() {
  const redis = redisOf.connect();
  const prefix = redisOf.newPrefix();
  const logger = quietLogger();
  const sendFolded = createSendFolded({ logger });
  const { posts, replies, edits } = createClients({ token: slack.botToken, apiUrl: slack.apiUrl, logger });
  const now = () => new Date();
  const editor = createEditor({ client: edits, sendFolded, redis, prefix, logger, pace: atOnce });
  return createCheckReporter({
    editor,
    now,
    poster: createPoster({ posts, replies, sendFolded, redis, prefix, now, newId: randomUUID }),
    catalogue: createIntentCatalogue({ intents: [], checks: [], likeliest: () => [] }),
    permalink: async () => undefined,
    config: { channels: {} },
    exchanges: createExchangeStore(redis, prefix),
  });
}

const job = () => ({
  ...{ runId: randomUUID(), cluster: 'cluster-x', checks: [], scope: { namespaces: [] } },
  ...{ requestedBy: { user: 'U0ANA', team: 'T0ACK' }, channel: 'C0OPS' },
});

/** One finding whose evidence needs a file. */
const outcome = (): CheckOutcome => ({
  ...{ proposals: [], muted: [], refusals: [] },
  run: {
    ...{ schema: 1, cluster: 'cluster-x', startedAt: new Date().toISOString(), durationMs: 5 },
    identity: { plugin: { known: true, name: 'flannel' }, flavor: 'managed', dualStack: false },
    checks: [
      {
        ...{
          id: 'some-check',
          title: 'Some check',
          area: 'flannel',
          intents: [],
          facts: [],
          outcome: 'found',
        },
        findings: [
          {
            ...{
              id: 'some-check.bad',
              check: 'some-check',
              severity: 'problem',
              message: 'It is bad.',
              data: {},
            },
            about: { kind: 'Node', name: 'node-1' },
            evidence: [{ where: 'log', value: 'x'.repeat(6000) }],
          },
        ],
      },
    ],
  },
});

describe('a result of which a part could not be posted', () => {
  it('stays on show, and its thread says what is missing', async () => {
    const reporter = stand();
    const request = job();
    const at = await reporter.started(request);
    const undo = slack.faults.onMethod('files.getUploadURLExternal', { error: 'missing_scope' });
    const error = await reporter.finished(request, at, outcome()).catch((reason: unknown) => reason);
    undo();
    expect(error).toMatchObject({ code: 'slack.rejected' });
    await reporter.failed(request, at, error as AcknetError);

    const [result, ...thread] = slack.messages({ channel: 'C0OPS', threadTs: at.ts });
    expect(result?.text).toMatch(/^cluster-x: 1 cause/);
    expect(thread.at(-1)?.text).toMatch(/^Not all of this result could be posted\..*lacks a scope/);
  });
});

describe('a result', () => {
  it('is shown only when no progress edit is under way any more', async () => {
    const redis = redisOf.connect();
    const prefix = redisOf.newPrefix();
    const now = () => new Date();
    const done: string[] = [];
    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const client = {
      chat: {
        update: async () => {
          done.push('progress begun');
          await answered;
          done.push('progress ended');
          return {};
        },
      },
    } as unknown as WebClient;
    const sendFolded = createSendFolded({ logger: quietLogger() });
    const { posts, replies } = createClients({
      ...{ token: slack.botToken, apiUrl: slack.apiUrl, logger: quietLogger() },
    });
    const poster = createPoster({ posts, replies, sendFolded, redis, prefix, now, newId: randomUUID });
    const reporter = createCheckReporter({
      editor: createEditor({ client, sendFolded, redis, prefix, logger: quietLogger(), pace: atOnce }),
      now,
      poster: {
        ...poster,
        update: async (at, message) => {
          done.push('result');
          return poster.update(at, message);
        },
      },
      catalogue: createIntentCatalogue({ intents: [], checks: [], likeliest: () => [] }),
      permalink: async () => undefined,
      config: { channels: {} },
      exchanges: createExchangeStore(redis, prefix),
    });
    const request = job();
    const at = await reporter.started(request);
    reporter.progress(request, at, { areas: [] });
    await waitFor('the edit to begin', () => done.length === 1);
    const finished = reporter.finished(request, at, outcome());
    const settledKey = `${prefix}:settled:${at.channel}/${at.ts}`;
    await waitFor('the message to settle', async () => (await redis.exists(settledKey)) === 1);
    // Long enough for an edit that waits for nothing: the result goes through the same loop at once.
    for (let turn = 0; turn < 20; turn += 1) await redis.ping();
    answer();
    await finished;
    expect(done).toEqual(['progress begun', 'progress ended', 'result']);
  });
});

describe('who joined a check from elsewhere', () => {
  const ana = { user: 'U0ANA', team: 'T0ACK' };

  it('is told its result in their channel, once', async () => {
    const reporter = stand();
    const follower = { channel: 'C0RANDOM', requestedBy: ana };
    const request = job();
    await reporter.tellFollower(request, follower, outcome());
    await reporter.tellFollower(request, follower, outcome());
    const told = slack
      .messages({ channel: 'C0RANDOM' })
      .filter(({ text }) => /^cluster-x: 1 cause/.test(text));
    expect(told).toHaveLength(1);
  });

  it('is told why it did not run', async () => {
    const error = new AcknetError('job.abandoned', 'Its workers died.');
    await stand().tellFollower(job(), { channel: 'C0RANDOM', requestedBy: ana }, error);
    expect(slack.messages({ channel: 'C0RANDOM' }).at(-1)?.text).toContain('Its workers died.');
  });
});

describe('a check that did not run', () => {
  it('says so in its message', async () => {
    const reporter = stand();
    const request = job();
    const at = await reporter.started(request);
    await reporter.failed(request, at, new AcknetError('job.abandoned', 'Two workers died.'));
    const [message] = slack.messages({ channel: 'C0OPS', threadTs: at.ts });
    expect(message?.text).toMatch(/^The check of cluster-x did not run\. Two workers died/);
  });
});
