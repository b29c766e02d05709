import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { isAcknetError } from '../../src/errors.js';
import type { Proposal } from '../../src/proposals/proposal.js';
import { compileWorker } from './compile-worker.js';
import { faultCases, wanted } from './fault-cases.js';
import { expectTruth, type FaultStand, onFaultStand } from './fault-stand.js';
import type { WorkerOrder } from './worker-process.js';

let worker: Awaited<ReturnType<typeof compileWorker>> | undefined;

beforeAll(async () => {
  worker = await compileWorker();
});
afterAll(() => worker?.remove());

// Record 0 is the move to applying; 1 and 2 stand on either side of the first write, 3 and 4 of the second.
const moments = [
  { stallAt: 2, moment: 'before', title: 'after the first write, before that is recorded' },
  { stallAt: 3, moment: 'after', title: 'with the second step recorded as begun' },
] as const;

const cells = faultCases.flatMap((given) =>
  moments.slice(0, wanted(given) ? 2 : 1).map((cell) => ({ ...cell, given, id: given.remediation.id })),
);

it.each(cells)(
  '$id survives SIGKILL of its worker $title',
  ({ given, stallAt, moment }) =>
    onFaultStand(given, async (fault) => {
      await killAt(fault, { stallAt, moment });
      const ended = await takeOver(fault);
      const { state, detail } = ended;
      // What only time can show ends made, and not yet shown to work.
      expect({ state, detail }).toEqual({
        state: expect.stringMatching(/^(fixed|unproven)$/),
        detail: expect.any(String),
      });
      await expectTruth(fault, ended);
    }),
  60_000,
);

async function killAt(fault: FaultStand, at: Pick<WorkerOrder, 'stallAt' | 'moment'>): Promise<void> {
  const { cluster, stand, proposal } = fault;
  const { reader, fixer } = cluster.kubeconfigs;
  const order: WorkerOrder = { ...at, proposal: proposal.id, prefix: stand.prefix, reader, fixer };
  const child = spawn(process.execPath, [worker?.script ?? '', JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  await said(child, /stalled|finished/);
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function said(child: ChildProcess, wanted: RegExp): Promise<void> {
  let heard = '';
  for await (const chunk of child.stdout ?? []) {
    heard += String(chunk);
    if (wanted.test(heard)) return;
  }
  throw new Error(`the worker ended without a word: ${heard}`);
}

/** The dead worker's lease keeps others out until it runs out: as a queue would, ask again. */
async function takeOver({ stand, proposal }: FaultStand): Promise<Proposal> {
  for (;;) {
    try {
      return await stand.apply(proposal.id, { holder: 'successor' });
    } catch (error) {
      if (!isAcknetError(error, 'cluster.busy')) throw error;
      await sleep(50);
    }
  }
}
