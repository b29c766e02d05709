import { describe, expect, it } from '@jest/globals';
import type { CloudReader, Reading } from '../../../src/cloud/ports.js';
import { vSwitches } from '../../../src/cloud/views/v-switch.js';
import { createSharedCloud } from '../../../src/engine/checking/reading/shared-cloud-reader.js';

/** An account that answers one read when it is told to. */
function heldUp(openAtOnce: number) {
  const asked: string[] = [];
  const answers: (() => void)[] = [];
  let open = 0;
  let most = 0;
  const account = {
    cluster: 'cluster-x',
    read: (_read: unknown, query: { readonly VSwitchId?: string } = {}) => {
      asked.push(query.VSwitchId ?? '');
      open += 1;
      most = Math.max(most, open);
      return new Promise<Reading<never>>((resolve) => {
        answers.push(() => {
          open -= 1;
          resolve({ items: [], at: new Date(0) });
        });
      });
    },
  } as unknown as CloudReader;
  const shared = createSharedCloud(account, openAtOnce);
  return {
    asked,
    most: () => most,
    ask: (name: string, rank: number) => shared.reader(rank).read(vSwitches, { VSwitchId: name }),
    /** Answers what is open, one after the other, until nothing is. */
    answerAll: async () => {
      await settled();
      while (answers.length > 0) {
        answers.shift()?.();
        await settled();
      }
    },
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('reads of one run that the budget holds up', () => {
  it('go out in the order of what hangs on them, and of two alike the one that was asked for first', async () => {
    const { ask, asked, answerAll } = heldUp(1);
    const all = [ask('facts', 0), ask('first', 2), ask('enis', 0.02), ask('second', 2), ask('most', 5)];
    await answerAll();
    await Promise.all(all);
    expect(asked).toEqual(['most', 'first', 'second', 'enis', 'facts']);
  });

  it('are so many at one time and no more', async () => {
    const { ask, most, answerAll } = heldUp(5);
    const all = Array.from({ length: 20 }, (_, index) => ask(`read-${index}`, 1));
    await answerAll();
    await Promise.all(all);
    expect(most()).toBe(5);
  });

  it('are weighed by the most that hangs on them where two ask for the same', async () => {
    const { ask, asked, answerAll } = heldUp(1);
    const all = [ask('open', 9), ask('shared', 0), ask('other', 3), ask('shared', 7)];
    await answerAll();
    await Promise.all(all);
    expect(asked).toEqual(['open', 'shared', 'other']);
  });

  it('make room where one fails', async () => {
    const account = {
      read: (_read: unknown, { VSwitchId }: { readonly VSwitchId: string }) =>
        VSwitchId === 'gone'
          ? Promise.reject(new Error('refused'))
          : Promise.resolve({ items: [], at: new Date(0) }),
    } as unknown as CloudReader;
    const reader = createSharedCloud(account, 1).reader(0);
    await expect(reader.read(vSwitches, { VSwitchId: 'gone' })).rejects.toThrow('refused');
    await expect(reader.read(vSwitches, { VSwitchId: 'there' })).resolves.toMatchObject({ items: [] });
  });
});
