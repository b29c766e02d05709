import { describe, expect, it } from '@jest/globals';
import { examineExpiry } from '../../../src/cli/doctor/examine-expiry.js';
import type { CredentialEnd } from '../../../src/cluster/ports.js';
import { AcknetError } from '../../../src/errors.js';

const HOUR = 3_600_000;
const now = new Date('2026-11-29T12:00:00Z');
const inHours = (hours: number): Date => new Date(now.getTime() + hours * HOUR);

const examine = (credentialEnds: () => Promise<CredentialEnd>) =>
  examineExpiry({
    access: { name: 'cluster-x', credentialEnds },
    who: 'reader',
    now: () => now,
    isTold: true,
  });

describe('a credential', () => {
  it.each<[string, CredentialEnd, string]>([
    ['that is renewed', 'renewed-by-itself', 'ok: the credential is renewed by itself'],
    ['that says nothing', undefined, 'ok: the credential names no end of its own'],
    ['of months', inHours(90 * 24), 'ok: the credential ends on 2027-02-27'],
    ['of two weeks', inHours(14 * 24), 'ok: the credential ends on 2026-12-13'],
    ['of less than two weeks', inHours(14 * 24 - 1), 'fault: the credential ends in 13 days, on 2026-12-13'],
    ['of a day', inHours(24), 'fault: the credential ends in 1 day, on 2026-11-30'],
    ['of less than a day', inHours(23.5), 'fault: the credential ends in 23 hours, on 2026-11-30'],
    ['of an hour', inHours(1), 'fault: the credential ends in 1 hour, on 2026-11-29'],
    ['of minutes', inHours(0.25), 'fault: the credential ends in less than an hour, on 2026-11-29'],
    ['that ended', inHours(-0.25), 'fault: the credential ended on 2026-11-29'],
  ])('%s is told so', async (_title, ends, told) => {
    const { state, what } = await examine(async () => ends);
    expect(`${state}: ${what}`).toBe(told.replace(': ', ': cluster-x, reader: '));
  });

  it('that cannot be obtained is unread', async () => {
    const lost = () => Promise.reject(new AcknetError('cluster.unauthorized', 'no token'));
    expect(await examine(lost)).toMatchObject({ state: 'unread', what: 'cluster-x, reader: no token' });
  });

  it('that ends one day is a fault already where nobody would be told', async () => {
    const access = { name: 'cluster-x', credentialEnds: async () => inHours(90 * 24) };
    const symptom = await examineExpiry({ access, who: 'reader', now: () => now, isTold: false });
    expect(symptom).toEqual({
      state: 'fault',
      what: 'cluster-x, reader: the credential ends on 2027-02-27, and nobody would be told before',
      todo: 'Name `maintainers` in acknet.yaml.',
    });
  });
});
