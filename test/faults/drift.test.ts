import { describe, expect, it } from '@jest/globals';
import { wholeMatrix } from '../support/whole-matrix.js';
import { mayBeUndone } from '../../src/proposals/may-be-undone.js';
import type { Proposal } from '../../src/proposals/proposal.js';
import { type DriftRow, driftRows } from './drift-rows.js';
import { type FaultCase, faultCases } from './fault-cases.js';
import { beforeEachWrite, effects, expectTruth, type FaultStand, onFaultStand } from './fault-stand.js';

/** No server is late on purpose here: only a busy machine is. */
const PATIENT_MS = 10_000;

interface Struck {
  readonly ended: Proposal;
  /** Writes that had been made or begun when the hand came in. */
  readonly begun: number;
  readonly done: number;
}

/** Applies with the hand coming in at the write of this number, or behind the last; undefined = there is no such write. */
const strike = (given: FaultCase, row: DriftRow, index: number): Promise<Struck | undefined> =>
  onFaultStand(
    given,
    async (fault) => {
      let struck = false;
      const access = beforeEachWrite(fault.cluster.access, (at) => {
        if (at !== index) return;
        struck = true;
        row.meddle(fault.cluster);
      });
      const ended = await fault.stand.apply(fault.proposal.id, { access });
      if (!struck) return undefined;
      await expectTruth(fault, ended);
      return { ended, begun: index + 1, done: effects(fault).length };
    },
    PATIENT_MS,
  );

/** The hand comes in when the last step is done, before the fix is verified. */
const strikeLast = (given: FaultCase, row: DriftRow): Promise<Proposal> =>
  onFaultStand(
    given,
    async (fault: FaultStand) => {
      let struck = false;
      const onChange = ({ steps }: Proposal) => {
        if (struck || steps.length === 0 || steps.some(({ state }) => state !== 'done')) return;
        struck = true;
        row.meddle(fault.cluster);
      };
      return fault.stand.apply(fault.proposal.id, { onChange });
    },
    PATIENT_MS,
  );

const cells = faultCases.flatMap((given) =>
  (driftRows[given.remediation.id] ?? []).map((row) => ({ given, row, id: given.remediation.id, ...row })),
);

/** The first two writes; every one in the whole matrix, and where the last is told by their number. */
const strikesOf = ({ lastPod }: DriftRow): number => (wholeMatrix || lastPod ? Number.POSITIVE_INFINITY : 2);

describe('someone who changes', () => {
  it.each(cells)(
    '$title in the middle of $id, at any of its writes, stops it there and is named',
    async ({ given, row }) => {
      const seen: Struck[] = [];
      for (let index = row.from ?? 0; seen.length < strikesOf(row); index += 1) {
        const struck = await strike(given, row, index);
        if (struck === undefined) break;
        seen.push(struck);
      }
      expect(seen.length).toBeGreaterThan(1);
      const judged = row.lastPod ? seen.slice(0, -1) : seen;
      for (const { ended, begun, done } of judged) {
        expect({ begun, state: ended.state, detail: ended.detail }).toEqual({
          begun,
          state: done === 0 && !row.refused ? 'stale' : expect.stringMatching(/^(failed|unknown)$/),
          detail: expect.stringMatching(row.says),
        });
        expect(done).toBeLessThanOrEqual(row.lastPod ? seen.length - 1 : begun);
        expect(mayBeUndone(ended)).toBe(done > 0 && given.remediation.undo !== 'none');
      }
    },
    240_000,
  );

  it.each(cells.filter(({ lastPod, refused }) => !lastPod && !refused))(
    '$title after the last step of $id, before it is verified, is named',
    async ({ given, row }) => {
      const { state, detail } = await strikeLast(given, row);
      expect({ state, detail }).toEqual({ state: 'failed', detail: expect.stringMatching(row.says) });
    },
    60_000,
  );
});
