import { describe, expect, it } from '@jest/globals';
import { noTopic } from '../../../src/slack/questions/exchange-store.js';
import { isAddressed, surfaceOf } from '../../../src/slack/questions/spoken-to.js';

const ports = {
  exchanges: { topic: async (_channel: string, ts: string) => (ts === '1.0' ? noTopic : undefined) },
  config: { channels: { C0OPEN: { answerUnmentioned: true } } },
};

describe('what acknet owes to something said', () => {
  it.each([
    ['a direct message', { channel: 'D0ANA' }, 'dm', true],
    ['a direct message that says so', { channel: 'C0X', channel_type: 'im' }, 'dm', true],
    ['a mention', { text: 'hi <@U0BOT>' }, 'mention', true],
    ['a mention with a name', { text: 'hi <@U0BOT|acknet>' }, 'mention', true],
    ['a mention in a thread of ours', { text: '<@U0BOT> more', thread_ts: '1.0' }, 'mention', true],
    ['a reply in a thread of ours', { thread_ts: '1.0' }, 'thread', false],
    ['a question in an open channel', { channel: 'C0OPEN' }, 'overheard', false],
  ])('by %s', async (_title, said, surface, addressed) => {
    const message = { user: 'U0ANA', text: 'why?', ts: '2.0', channel: 'C0OPS', ...said };
    const seen = await surfaceOf(ports, message, 'U0BOT');
    expect(seen).toBe(surface);
    expect(seen && isAddressed(seen)).toBe(addressed);
  });

  it.each([
    ['in a channel that did not opt in', {}],
    ['to somebody else', { text: 'hi <@U0BOTX>' }],
    ['in a thread of others', { thread_ts: '9.9', channel: 'C0OPEN' }],
  ])('is nothing when it was said %s', async (_title, said) => {
    const message = { user: 'U0ANA', text: 'why?', ts: '2.0', channel: 'C0OPS', ...said };
    expect(await surfaceOf(ports, message, 'U0BOT')).toBeUndefined();
  });
});
