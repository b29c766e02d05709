import { labelOf } from '../../cluster/object-label.js';
import type { ClusterAccess, ClusterReader, ClusterWriter } from '../../cluster/ports.js';
import { AcknetError, isAcknetError } from '../../errors.js';
import { mask } from '../../masking/mask.js';
import type { Proposal, StoredChange } from '../../proposals/proposal.js';
import { readObject } from './facts/object-state.js';
import { type ObjectWrite, objectWrites, operationsFor, standingOf } from './facts/object-writes.js';
import type { RolloutFacts } from './facts/rollout-facts.js';

const TRIES = 3;

interface DryRunInput {
  readonly access: ClusterAccess;
  readonly reader: ClusterReader;
  readonly changes: readonly StoredChange[];
  readonly rollouts: readonly RolloutFacts[];
  readonly signal: AbortSignal;
}

/** Sends every write in order as `dryRun=All` with the fixer's credential. Throws `cluster.no-fixer`. */
export async function dryRun(input: DryRunInput): Promise<Proposal['dryRun']> {
  const writer = input.access.writer(input.signal);
  try {
    await rehearse(writer, input);
    return { ok: true };
  } catch (error) {
    // What moved meanwhile is no refusal of the server: there is no plan any more.
    if (!isAcknetError(error) || error.code === 'plan.refused') throw error;
    return { ok: false, detail: mask(error.message) };
  }
}

async function rehearse(writer: ClusterWriter, input: DryRunInput): Promise<void> {
  for (const write of objectWrites(input.changes)) await rehearseWrite(writer, input.reader, write);
  // One pod of each roll-out: the others need the same permission and pass the same admission.
  for (const { pods } of input.rollouts) {
    const pod = pods[0];
    if (pod) await writer.deletePod(pod, { dryRun: true });
  }
  // A rehearsed eviction answers for the budgets of this moment only; the permission is what can be told.
  if (input.changes.some(({ verb }) => verb === 'drain')) await askEviction(input);
}

/** As the real write does it: what moved beside the change, like the status of a node, is read anew. */
async function rehearseWrite(writer: ClusterWriter, reader: ClusterReader, write: ObjectWrite) {
  for (let tries = 1; ; tries += 1) {
    const state = await readObject(reader, write.about);
    if (standingOf(write, state) !== 'before') throw changedMeanwhile(write);
    try {
      return await writer.patch(write.about, operationsFor(write, state), { dryRun: true });
    } catch (error) {
      if (tries === TRIES || !isAcknetError(error, 'cluster.conflict')) throw error;
    }
  }
}

const changedMeanwhile = ({ about }: ObjectWrite) =>
  new AcknetError('plan.refused', `${labelOf(about)} was changed by someone else while this was planned.`, {
    hint: 'Ask for the fix again.',
  });

async function askEviction({ access, signal }: DryRunInput): Promise<void> {
  const eviction = { group: '', resource: 'pods', subresource: 'eviction', verb: 'create' };
  if (await access.may('fixer', eviction, signal)) return;
  throw new AcknetError('cluster.forbidden', `Cluster ${access.name}: the fixer may not evict pods.`);
}
