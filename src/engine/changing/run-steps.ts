import type { StoredChange } from '../../proposals/proposal.js';
import { isRestart, type Step } from '../../proposals/step.js';
import { objectWrites } from '../planning/facts/object-writes.js';
import { rollChanges } from '../planning/facts/rollout-facts.js';
import { type ApplyRun, checkpoint, Ended } from './apply-run.js';
import { type DrainChange, evictOne, seeDrained } from './drain-node.js';
import { refuseDrift } from './refuse-drift.js';
import { rollPod } from './roll-pod.js';
import { waitUntil } from './wait-until.js';
import { writeObject } from './write-object.js';

/** Carries out the recorded steps that are not done, in order; the first that fails ends the run. */
export async function runSteps(run: ApplyRun): Promise<void> {
  for (const { id } of run.proposal.steps) {
    await checkpoint(run);
    const step = run.proposal.steps.find((one) => one.id === id);
    if (step === undefined || step.state === 'done') continue;
    // Recorded by a worker that ended before it could move the state.
    if (step.state === 'failed' || step.state === 'unknown')
      throw new Ended(step.state, step.detail ?? step.title);
    await proveCanary(run, step);
    await refuseDrift(run, step);
    await run.ports.prove();
    await runStep(run, step);
  }
  await refuseDrift(run);
}

function runStep(run: ApplyRun, step: Step): Promise<void> {
  const { changes } = run.proposal;
  switch (step.kind) {
    case 'write':
      return writeObject(
        run,
        step,
        meant(
          step,
          objectWrites(changes).find(({ id }) => id === step.id),
        ),
      );
    case 'restart': {
      const change = rollChanges(changes).find(({ about }) => about.name === step.daemonSet);
      return rollPod(run, step, meant(step, change));
    }
    case 'evict':
      return evictOne(run, step, meant(step, drainOf(changes, step.node)));
    case 'see-empty':
      return seeDrained(run, step, meant(step, drainOf(changes, step.node)));
  }
}

const drainOf = (changes: readonly StoredChange[], node: string): DrainChange | undefined =>
  changes.filter((change) => change.verb === 'drain').find(({ about }) => about.name === node);

/** A step of no change was never approved. */
function meant<T>({ title }: Step, change: T | undefined): T {
  if (change !== undefined) return change;
  throw new Ended('unknown', `No change of this proposal has a step "${title}".`);
}

/** Before the second pod of a roll-out: the proof must show on the first node before any other is touched. */
async function proveCanary(run: ApplyRun, next: Step): Promise<void> {
  const { ports, proposal } = run;
  const remediation = ports.remediation(proposal.remediation);
  const [first, second] = proposal.steps.filter(isRestart);
  if (first === undefined || second?.id !== next.id || next.state !== 'pending') return;
  if (remediation?.prove === undefined || proposal.undoes !== undefined) return;
  const { node } = first;
  const input = {
    target: proposal.target,
    params: proposal.params,
    nodes: [node],
    since: new Date(first.startedAt ?? proposal.createdAt),
  };
  let last = '';
  const proven = await waitUntil(run, {
    seconds: ports.limits.podReadySeconds,
    look: async () => {
      const proof = await remediation.prove?.(run.reader, input);
      last = proof?.detail ?? '';
      return proof?.state === 'not-in-effect' ? undefined : true;
    },
  });
  if (proven) return;
  // Somebody's change meanwhile is the better reason.
  await refuseDrift(run, next);
  throw new Ended('failed', `The first node, ${node}, came back without the change in effect: ${last}`);
}
