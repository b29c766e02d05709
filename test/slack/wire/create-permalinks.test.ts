import { describe, expect, it } from '@jest/globals';
import { createPermalinks } from '../../../src/slack/wire/create-permalinks.js';

function stand() {
  const asked: string[] = [];
  const state = { isAway: false };
  const getPermalink = async (at: { readonly channel: string; readonly message_ts: string }) => {
    asked.push(`${at.channel} ${at.message_ts}`);
    if (state.isAway) throw new Error('away');
    return { ok: true, permalink: `https://slack.test/${at.channel}/${at.message_ts}` };
  };
  return { permalink: createPermalinks({ chat: { getPermalink } as never }), asked, state };
}

const at = { channel: 'C0OPS', ts: '1.1' };

describe('the address of a message', () => {
  it('is asked for once for each channel and time', async () => {
    const { permalink, asked } = stand();
    for (const ref of [at, at, { ...at, ts: '2.2' }, { ...at, channel: 'C0NET' }, at])
      expect(await permalink(ref)).toBe(`https://slack.test/${ref.channel}/${ref.ts}`);
    expect(asked).toEqual(['C0OPS 1.1', 'C0OPS 2.2', 'C0NET 1.1']);
  });

  it('that Slack did not tell is asked for again', async () => {
    const { permalink, state } = stand();
    state.isAway = true;
    expect(await permalink(at)).toBeUndefined();
    state.isAway = false;
    expect(await permalink(at)).toBe('https://slack.test/C0OPS/1.1');
  });

  it('is forgotten, the oldest first, where there are very many', async () => {
    const { permalink, asked } = stand();
    for (let n = 0; n <= 2000; n += 1) await permalink({ channel: 'C0OPS', ts: `${n}.0` });
    asked.length = 0;
    await permalink({ channel: 'C0OPS', ts: '2000.0' });
    await permalink({ channel: 'C0OPS', ts: '0.0' });
    expect(asked).toEqual(['C0OPS 0.0']);
  });
});
