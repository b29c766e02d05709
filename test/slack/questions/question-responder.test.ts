import { describe, expect, it } from '@jest/globals';
import {
  createQuestionResponder,
  type ResponderPorts,
} from '../../../src/slack/questions/create-question-responder.js';

const question = {
  ...{ channel: 'C0OPS', ts: '2.0', text: 'hello' },
  asker: { user: 'U0ANA', team: 'T0' },
  surface: 'mention' as const,
};

/** What was said before is asked for so often. */
function stand() {
  const stand = { asked: 0 };
  const responder = createQuestionResponder({
    exchanges: {
      find: async () => {
        stand.asked += 1;
        return { exchange: undefined, topic: undefined };
      },
    },
    clusters: { names: [] },
    config: { channels: {} },
    takeTurn: () => ({ reply: { kind: 'unknown', others: [] }, state: {} }),
  } as unknown as ResponderPorts);
  return { stand, responder };
}

describe('a question', () => {
  it.each<[string, { threadTs?: string; isFirst: boolean; asked: number }]>([
    ['that begins a thread has nothing before it', { isFirst: true, asked: 0 }],
    ['that begins a thread may have been answered by a worker that died', { isFirst: false, asked: 1 }],
    ['in a thread goes on from what was said there', { threadTs: '1.0', isFirst: true, asked: 1 }],
  ])('%s', async (_what, { threadTs, isFirst, asked }) => {
    const { stand: seen, responder } = stand();
    // Overheard and not known: nothing is said, so that nothing else is needed.
    await responder.answer({ ...question, threadTs, surface: 'overheard' }, { isFirst });
    expect(seen.asked).toBe(asked);
  });
});
