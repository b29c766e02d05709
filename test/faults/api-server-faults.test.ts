import { describe, expect, it } from '@jest/globals';
import type { Fault } from '../../sandbox/cluster/api/faults.js';
import type { ProposalState } from '../../src/proposals/proposal.js';
import { patience } from '../support/patience.js';
import { type FaultCase, faultCases, wanted } from './fault-cases.js';
import { beforeEachWrite, effects, expectTruth, onFaultStand } from './fault-stand.js';

type Effect = Fault['effect'];
const status = (code: number, message?: string): Effect => ({
  kind: 'status',
  status: code,
  ...(message !== undefined && { message }),
});

/** What the server does to the one write, and in which states the change may end then. */
const faults: readonly { title: string; effect: Effect; ends: readonly ProposalState[] }[] = [
  { title: 'answers 409', effect: status(409), ends: ['fixed', 'unproven', 'failed'] },
  { title: 'answers 403', effect: status(403), ends: ['failed'] },
  { title: 'answers 500', effect: status(500), ends: ['failed'] },
  {
    title: 'answers 500 with its outcome open',
    effect: status(500, 'etcdserver: request timed out'),
    ends: ['unknown'],
  },
  { title: 'does not answer', effect: { kind: 'hang' }, ends: ['unknown'] },
  {
    title: 'cuts the connection before it commits',
    effect: { kind: 'cut', after: false },
    ends: ['unknown'],
  },
  {
    title: 'cuts the connection after it has committed',
    effect: { kind: 'cut', after: true },
    ends: ['fixed', 'unproven'],
  },
];

/** Applies with the write of this number struck; false = there are not so many writes. */
const strike = (given: FaultCase, index: number, effect: Effect) =>
  onFaultStand(given, async (fault) => {
    let struck = false;
    const access = beforeEachWrite(fault.cluster.access, (at, method) => {
      if (at !== index) return;
      struck = true;
      fault.cluster.simulator.faults.add({ effect, method });
    });
    const ended = await fault.stand.apply(fault.proposal.id, { access });
    await expectTruth(fault, ended);
    return struck ? ended.state : false;
  });

describe.each(faultCases.filter(wanted).map((given) => [given.remediation.id, given] as const))(
  '%s, when the API server',
  (_id, given) => {
    it.each(faults)(
      '$title at any of the writes, is made at most once and told truly',
      async ({ effect, ends }) => {
        for (let index = 0; ; index += 1) {
          const state = await strike(given, index, effect);
          // Every write was struck once, and there was at least one.
          if (state === false) return expect(index).toBeGreaterThan(0);
          expect({ index, state, ok: ends.includes(state) }).toEqual({ index, state, ok: true });
        }
      },
      patience(120_000),
    );

    it('is away after the first write, goes on when it is back', () =>
      onFaultStand(given, async (fault) => {
        const access = beforeEachWrite(fault.cluster.access, (at) => {
          if (at === 1) fault.cluster.simulator.faults.add({ effect: status(503), method: 'GET', times: 8 });
        });
        const ended = await fault.stand.apply(fault.proposal.id, { access });
        // What only time can show ends made, and not yet shown to work.
        expect(['fixed', 'unproven']).toContain(ended.state);
        await expectTruth(fault, ended);
      }));

    it('is away before the first write, changes nothing', () =>
      onFaultStand(given, async (fault) => {
        fault.cluster.simulator.faults.add({ effect: status(503), times: 50 });
        const ended = await fault.stand.apply(fault.proposal.id);
        // A plan that cannot be made again for want of reading is refused, which makes the card stale.
        expect(['failed', 'stale']).toContain(ended.state);
        expect(effects(fault)).toEqual([]);
        await expectTruth(fault, ended);
      }));
  },
);
