import { describe, expect, it } from '@jest/globals';
import { createEditFence } from '../../../../src/slack/wire/posts/edit-fence.js';
import { redisForTest } from '../../../support/redis-for-test.js';
import { waitFor } from '../../../support/wait-for.js';

const { connect, newPrefix } = redisForTest();
const redis = connect();
const at = { channel: 'C1', ts: '1.1' };

/** Two processes, and what Slack shows, in order. */
function stand(options: { leaseMs?: number } = {}) {
  const prefix = newPrefix();
  const shown: string[] = [];
  const fence = () => createEditFence({ redis: connect(), prefix, ...options });
  const show = (text: string) => async (): Promise<void> => void shown.push(text);
  const isMarked = async () => (await redis.exists(`${prefix}:settled:C1/1.1`)) === 1;
  return { prefix, shown, show, isMarked, old: fence(), successor: fence() };
}

describe('an edit that found the message open', () => {
  it('is through before another process may show the result', async () => {
    const { old, successor, shown, isMarked } = stand();
    let answer = (): void => undefined;
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    let begun = false;
    const progress = old.unlessSettled(at, async () => {
      begun = true;
      await answered;
      shown.push('progress');
    });
    await waitFor('the edit to begin', () => begun);
    const result = successor.settle(at).then(() => void shown.push('result'));
    await waitFor('the message to be settling', isMarked);
    for (let turn = 0; turn < 20; turn += 1) await redis.ping();
    answer();
    await Promise.all([progress, result]);
    expect(shown).toEqual(['progress', 'result']);
  });

  it('is never made after the result, however the two meet', async () => {
    for (let turn = 0; turn < 30; turn += 1) {
      const { old, successor, shown, show } = stand();
      const settled = successor.settle(at).then(() => void shown.push('result'));
      await Promise.all([old.unlessSettled(at, show('progress')), settled]);
      expect(shown.at(-1)).toBe('result');
    }
  });
});

describe('an edit', () => {
  it('of a message that has settled is not made', async () => {
    const { old, successor, shown, show } = stand();
    await successor.settle(at);
    await old.unlessSettled(at, show('late'));
    expect(shown).toEqual([]);
  });

  it('that fails lets the next one, and the result, pass', async () => {
    const { old, successor, shown, show } = stand();
    const failing = old.unlessSettled(at, () => Promise.reject(new Error('rate limited')));
    await expect(failing).rejects.toThrow('rate limited');
    await old.unlessSettled(at, show('next'));
    await successor.settle(at);
    expect(shown).toEqual(['next']);
  });

  it('of a process that died holds up the result for its lease, and no longer', async () => {
    const { prefix, successor } = stand();
    await redis.set(`${prefix}:editing:C1/1.1`, '1 of the dead', 'PX', 200);
    await successor.settle(at);
    expect(await redis.exists(`${prefix}:editing:C1/1.1`)).toBe(0);
  });
});
