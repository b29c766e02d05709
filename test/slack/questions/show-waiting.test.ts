import { describe, expect, it } from '@jest/globals';
import { createShowWaiting } from '../../../src/slack/questions/show-waiting.js';
import { quietLogger } from '../../support/quiet-logger.js';

const job = {
  ...{ channel: 'C0OPS', ts: '2.0', text: 'why' },
  asker: { user: 'U0ANA', team: 'T0' },
  surface: 'mention' as const,
};

interface Case {
  readonly name: string;
  /** Whether it is still being answered, look after look. */
  readonly answering: readonly (boolean | Error)[];
  readonly shown: readonly string[];
}

const cases: readonly Case[] = [
  { name: 'an answer in time needs none', answering: [false], shown: [] },
  {
    name: 'one that is slow is told, and taken away once it is answered',
    answering: [true, true, true, false],
    shown: ['is looking it up…', ''],
  },
  {
    name: 'one that crossed with the answer is taken away',
    answering: [true, false],
    shown: ['is looking it up…', ''],
  },
  {
    name: 'one that nobody knows the end of any more is taken away',
    answering: [true, new Error('away')],
    shown: ['is looking it up…', ''],
  },
  { name: 'while Redis is away nothing is told', answering: [new Error('away')], shown: [] },
];

describe('the status of a question', () => {
  it.each(cases)('$name', async ({ answering, shown }) => {
    const looks = [...answering];
    const said: unknown[] = [];
    await createShowWaiting({
      queues: {
        isAnswering: async () => {
          const look = looks.shift();
          if (look instanceof Error) throw look;
          return look ?? false;
        },
      },
      client: {
        apiCall: async (_method, options) => {
          said.push(options?.status);
          return { ok: true };
        },
      },
      logger: quietLogger(),
      ...{ afterMs: 0, atMost: 1 },
    })(job);
    expect(said).toEqual(shown);
    expect(looks).toEqual([]);
  });

  it('refused by Slack stays unsaid', async () => {
    const showWaiting = createShowWaiting({
      queues: { isAnswering: async () => true },
      client: { apiCall: () => Promise.reject(new Error('not_allowed')) },
      logger: quietLogger(),
      ...{ afterMs: 0, atMost: 1 },
    });
    await expect(showWaiting(job)).resolves.toBeUndefined();
  });

  it('is told to no more than so many at a time, and to the next once one is answered', async () => {
    let looks = 0;
    const showWaiting = createShowWaiting({
      queues: {
        isAnswering: async () => {
          looks += 1;
          return false;
        },
      },
      client: { apiCall: async () => ({ ok: true }) },
      logger: quietLogger(),
      ...{ afterMs: 0, atMost: 2 },
    });
    await Promise.all([showWaiting(job), showWaiting(job), showWaiting(job)]);
    expect(looks).toBe(2);
    await showWaiting(job);
    expect(looks).toBe(3);
  });
});
