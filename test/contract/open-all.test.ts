import { describe, expect, it } from '@jest/globals';
import { openAll } from '../support/open-all.js';

describe('several servers that a suite runs on', () => {
  it('are closed where one of them does not open, and its fault is told', async () => {
    const closed: string[] = [];
    const open = (name: string) => Promise.resolve({ close: async () => void closed.push(name) });
    const refused = Promise.reject(new Error('no such server'));
    await expect(openAll([open('first'), refused, open('third')])).rejects.toThrow('no such server');
    expect(closed).toEqual(['first', 'third']);
  });

  it('are all there, in their order', async () => {
    const open = (name: string) => Promise.resolve({ name, close: async () => undefined });
    expect((await openAll([open('a'), open('b')])).map(({ name }) => name)).toEqual(['a', 'b']);
  });
});
