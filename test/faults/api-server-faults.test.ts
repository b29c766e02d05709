import { describe, expect, it } from '@jest/globals';
import type { ProposalState } from '../../src/approvals/proposal.js';
import { faultCases, wanted } from './fault-cases.js';
import { beforeEachWrite, effects, expectTruth, openFaultStand } from './fault-stand.js';

type Effect = Parameters<
  Awaited<ReturnType<typeof openFaultStand>>['cluster']['simulator']['faults']['add']
>[0]['effect'];

/** What the server does to the one write, and in which states the change may end then. */
const faults: readonly (readonly [string, Effect, readonly ProposalState[]])[] = [
  ['answers 409', { kind: 'status', status: 409 }, ['fixed', 'failed']],
  ['answers 403', { kind: 'status', status: 403 }, ['failed']],
  ['answers 500', { kind: 'status', status: 500 }, ['failed']],
  [
    'answers 500 with its outcome open',
    { kind: 'status', status: 500, message: 'etcdserver: request timed out' },
    ['unknown'],
  ],
  ['does not answer', { kind: 'hang' }, ['unknown']],
  ['cuts the connection before it commits', { kind: 'cut', after: false }, ['unknown']],
  ['cuts the connection after it has committed', { kind: 'cut', after: true }, ['fixed']],
];

describe.each(faultCases.filter(wanted).map((given) => [given.remediation.id, given] as const))(
  '%s, when the API server',
  (_id, given) => {
    it.each(faults)(
      '%s at any of the writes, is made at most once and told truly',
      async (_title, effect, ends) => {
        for (let index = 0; ; index += 1) {
          const fault = await openFaultStand(given);
          let struck = false;
          const access = beforeEachWrite(fault.cluster.access, (at, method) => {
            if (at !== index) return;
            struck = true;
            fault.cluster.simulator.faults.add({ effect, method });
          });
          const ended = await fault.stand.apply(fault.proposal.id, { access });
          await expectTruth(fault, ended);
          if (struck)
            expect({ index, state: ended.state }).toEqual({
              index,
              state: expect.stringMatching(ends.join('|')),
            });
          await fault.close();
          // Every write was struck once, and there was at least one.
          if (!struck) return expect(index).toBeGreaterThan(0);
        }
      },
      60_000,
    );

    it('is away while the pods roll, goes on when it is back', async () => {
      const fault = await openFaultStand(given);
      const access = beforeEachWrite(fault.cluster.access, (at) => {
        if (at === 1)
          fault.cluster.simulator.faults.add({
            effect: { kind: 'status', status: 503 },
            method: 'GET',
            times: 8,
          });
      });
      const ended = await fault.stand.apply(fault.proposal.id, { access });
      expect(ended.state).toBe('fixed');
      await expectTruth(fault, ended);
      await fault.close();
    });

    it('is away before the first write, changes nothing', async () => {
      const fault = await openFaultStand(given);
      fault.cluster.simulator.faults.add({ effect: { kind: 'status', status: 503 }, times: 50 });
      const ended = await fault.stand.apply(fault.proposal.id);
      expect(ended).toMatchObject({
        state: 'failed',
        detail: expect.stringContaining('Nothing was changed'),
      });
      expect(effects(fault)).toEqual([]);
      await expectTruth(fault, ended);
      await fault.close();
    });
  },
);
