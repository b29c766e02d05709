import { describe, expect, it } from '@jest/globals';
import type { ProposalStore } from '../../src/proposals/ports.js';
import { patience } from '../support/patience.js';
import { type FaultCase, faultCases, wanted } from './fault-cases.js';
import { expectTruth, onFaultStand } from './fault-stand.js';

class Killed extends Error {}

/** A store whose n-th record is the worker's last act, or the act it does not get to. */
function dyingStore(store: ProposalStore, at: number, moment: 'before' | 'after') {
  let count = 0;
  let dead = false;
  const mortal =
    <A extends unknown[], R>(act: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      if (dead) throw new Killed();
      const last = count++ === at;
      dead = last;
      if (last && moment === 'before') throw new Killed();
      const result = await act(...args);
      if (last) throw new Killed();
      return result;
    };
  return {
    store: { ...store, recordStep: mortal(store.recordStep), move: mortal(store.move) },
    died: () => dead,
  };
}

/** Applies until the worker dies at the n-th record, then once more; false = it did not come to so many records. */
const killAt = (given: FaultCase, at: number, moment: 'before' | 'after') =>
  onFaultStand(given, async (fault) => {
    const { store, died } = dyingStore(fault.stand.store, at, moment);
    const first = await fault.stand.apply(fault.proposal.id, { store }).catch((error: unknown) => {
      if (error instanceof Killed) return undefined;
      throw error;
    });
    const ended = first ?? (await fault.stand.apply(fault.proposal.id, { holder: 'successor' }));
    const { state, detail } = ended;
    expect({ at, state, detail }).toEqual({ at, state: 'fixed', detail: expect.any(String) });
    await expectTruth(fault, ended);
    return died();
  });

describe.each(faultCases.filter(wanted).map((given) => [given.remediation.id, given] as const))(
  '%s, when its worker dies',
  (_id, given) => {
    it.each(['before', 'after'] as const)(
      '%s any record it makes, is finished by the next one',
      async (moment) => {
        for (let at = 0; ; at += 1)
          if (!(await killAt(given, at, moment))) return expect(at).toBeGreaterThan(2);
      },
      patience(120_000),
    );
  },
);
