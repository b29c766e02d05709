import { describe, expect, it } from '@jest/globals';
import { coalesce } from '../../../src/jobs/fix/coalesce.ts';
import { waitFor } from '../../support/wait-for.ts';

describe('coalesced work', () => {
  it('runs once more after the last of many requests, one at a time', async () => {
    let runs = 0;
    let inside = 0;
    const work = coalesce(
      async () => {
        inside += 1;
        expect(inside).toBe(1);
        await Promise.resolve();
        inside -= 1;
        runs += 1;
      },
      () => undefined,
    );
    for (let n = 0; n < 10; n += 1) work.request();
    await waitFor('the run after the last request', () => runs === 2);
    work.request();
    await waitFor('one more run', () => runs === 3);
  });

  it('goes on after a failure, which it tells', async () => {
    const errors: unknown[] = [];
    let runs = 0;
    const work = coalesce(
      async () => {
        runs += 1;
        if (runs === 1) throw new Error('once');
      },
      (error) => errors.push(error),
    );
    work.request();
    work.request();
    await waitFor('the run after the failure', () => runs === 2);
    expect([runs, errors]).toEqual([2, [new Error('once')]]);
  });
});
