import { describe, expect, it } from '@jest/globals';
import {
  createQuestionResponder,
  type ResponderPorts,
} from '../../../src/slack/questions/create-question-responder.js';

const question = {
  ...{ channel: 'C0OPS', ts: '2.0', text: 'hello' },
  asker: { user: 'U0ANA', team: 'T0' },
};

/** Notes how often it was asked what was said before; keeps nothing. */
function stand(ports: object = {}) {
  const seen = { asked: 0 };
  const responder = createQuestionResponder({
    exchanges: {
      find: async () => {
        seen.asked += 1;
        return { exchange: undefined, topic: undefined };
      },
      begin: () => Promise.reject(new Error('Redis is full')),
    },
    clusters: { names: [] },
    config: { channels: {} },
    catalogue: { get: () => undefined, pick: () => [], all: [], nearest: () => [], checksNamed: () => [] },
    takeTurn: () => ({
      reply: { kind: 'unknown', others: [], suggestChecks: [] },
      state: { others: [], shown: [] },
    }),
    now: () => new Date(0),
    ...ports,
  } as unknown as ResponderPorts);
  return { seen, responder };
}

describe('a question', () => {
  it.each<[string, string | undefined, number]>([
    ['that begins a thread has nothing before it', undefined, 0],
    ['in a thread goes on from what was said there', '1.0', 1],
  ])('%s', async (_what, threadTs, asked) => {
    const { seen, responder } = stand();
    // Overheard and not known: nothing is said, so that nothing else is needed.
    await responder.answer({ ...question, threadTs, surface: 'overheard' });
    expect(seen.asked).toBe(asked);
  });

  it('that cannot be kept ends only once its answer is posted, or is not', async () => {
    let posted = false;
    const poster = {
      post: async () => {
        await new Promise((resolve) => setImmediate(resolve));
        posted = true;
        return { channel: 'C0OPS', ts: '3.0' };
      },
    };
    const { responder } = stand({ poster });
    await expect(responder.answer({ ...question, surface: 'mention' })).rejects.toThrow('Redis is full');
    expect(posted).toBe(true);
  });
});
