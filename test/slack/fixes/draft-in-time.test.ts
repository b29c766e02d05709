import { describe, expect, it } from '@jest/globals';
import { AcknetError } from '../../../src/errors.js';
import { draftInTime } from '../../../src/slack/fixes/draft-in-time.js';

/** As a request does whose signal is aborted. */
const hanging = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

describe('a draft', () => {
  it('of a cluster that does not answer says so, and that nothing was changed', async () => {
    await expect(draftInTime('cluster-x', 10, hanging)).rejects.toMatchObject({
      code: 'cluster.timed-out',
      message: expect.stringContaining('cluster-x did not answer within 0.01 s'),
      hint: expect.stringContaining('Nothing was changed'),
    });
  });

  it.each([
    ['a refusal of ours', new AcknetError('plan.refused', 'no')],
    ['a fault of ours', new TypeError('x')],
  ])('that fails in time for %s fails with just that', async (_what, error) => {
    await expect(draftInTime('cluster-x', 60_000, () => Promise.reject(error))).rejects.toBe(error);
  });
});
