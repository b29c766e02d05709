import { expect } from '@jest/globals';
import type { ClusterAccess, ClusterWriter, WriteOptions } from '../../src/cluster/ports.js';
import type { Proposal } from '../../src/proposals/proposal.js';
import type { Step } from '../../src/proposals/step.js';
import { type ApplyStand, openApplyStand } from '../support/apply-stand.js';
import { patience } from '../support/patience.js';
import { fixReads } from '../support/plan-reads.js';
import { type SimulatedCluster, startSimulatedCluster } from '../support/start-simulated-cluster.js';
import type { FaultCase } from './fault-cases.js';

export interface FaultStand {
  readonly cluster: SimulatedCluster;
  readonly stand: ApplyStand;
  readonly proposal: Proposal;
}

/**
 * A fresh cluster with the case's proposal drafted and approved. Closed also when the test fails: an open connection
 * would keep jest from ending.
 */
export async function onFaultStand<T>(
  given: FaultCase,
  use: (fault: FaultStand) => Promise<T>,
  requestTimeoutMs = patience(150),
): Promise<T> {
  const { remediation, target, params, finding } = given;
  const cluster = await startSimulatedCluster(given.scenario, {
    reads: fixReads(remediation),
    writes: remediation.writes,
    requestTimeoutMs,
  });
  given.prepare?.(cluster);
  const stand = openApplyStand(cluster.access);
  try {
    const draft = await stand.draft(remediation, {
      ...(target && { target }),
      ...(params && { params }),
      ...(finding && { finding }),
    });
    return await use({ cluster, stand, proposal: await stand.approved(draft) });
  } finally {
    await stand.close();
    await cluster.close();
  }
}

/** Calls `before` ahead of every write that is meant, with its number counted from 0. */
export function beforeEachWrite(
  access: ClusterAccess,
  before: (index: number, method: string) => void,
): ClusterAccess {
  let count = 0;
  const counted =
    <A extends unknown[]>(method: string, write: (...args: [...A, WriteOptions]) => Promise<void>) =>
    (...args: [...A, WriteOptions]) => {
      const options = args.at(-1) as WriteOptions;
      if (!options.dryRun) before(count++, method);
      return write(...args);
    };
  const wrap = (writer: ClusterWriter): ClusterWriter => ({
    cluster: writer.cluster,
    patch: counted('PATCH', writer.patch),
    deletePod: counted('DELETE', writer.deletePod),
    evictPod: counted('POST', writer.evictPod),
  });
  return { ...access, writer: (signal) => wrap(access.writer(signal)) };
}

/** What the fixer really changed, one line a write. */
export const effects = ({ cluster }: FaultStand): readonly string[] =>
  cluster.simulator.writes
    .filter(({ user, dryRun, verb }) => user.endsWith(':fixer') && !dryRun && verb !== 'get')
    .map(({ verb, path }) => `${verb} ${path}`);

/** At most once, and the record says what the cluster shows: whatever was hit, whenever. */
export async function expectTruth(fault: FaultStand, ended: Proposal): Promise<void> {
  const done = effects(fault);
  expect(done).toEqual([...new Set(done)]);
  const doubtful = ended.steps.filter(({ state }) => state === 'unknown').length;
  const recorded = ended.steps.filter(happened).length;
  expect(done.length).toBeGreaterThanOrEqual(recorded);
  expect(done.length).toBeLessThanOrEqual(recorded + doubtful + failedAfterEffect(ended));
  expect(ended.steps.filter(({ state }) => state === 'started')).toEqual([]);
  expect((await fault.stand.audited(ended.id)).at(-1)).toBe(ended.state);
  expect(await fault.stand.lockIsFree()).toBe(true);
  expect(await fault.stand.store.get(ended.id)).toEqual(ended);
}

/** Steps that only look do not write. */
const happened = ({ state, kind }: Step): boolean => state === 'done' && kind !== 'see-empty';

/** A pod that was deleted and whose successor did not come is a failed step with an effect. */
const failedAfterEffect = ({ steps }: Proposal): number =>
  steps.filter(({ state, detail }) => state === 'failed' && /did not come back/.test(detail ?? '')).length;
