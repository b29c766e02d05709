import { labelOf } from '../../cluster/object-label.js';
import type { StepOf } from '../../proposals/step.js';
import type { Moved } from '../planning/facts/moved.js';
import { nameWriters } from '../planning/facts/name-writers.js';
import { type ObjectState, readObject } from '../planning/facts/object-state.js';
import { movedFields, type ObjectWrite, operationsFor, standingOf } from '../planning/facts/object-writes.js';
import { type ApplyRun, Ended, isoNow, recordStep } from './apply-run.js';
import { movedBeside } from './drift-of.js';
import { lookThrice } from './wait-until.js';
import { unseenReason, type WriteFailure, writeFailure } from './write-failure.js';

const TRIES = 3;

/**
 * Brings one object from before to after, or ends the run. Each try carries the resourceVersion just read, so that
 * two tries (or this one and a killed worker's) can never both take effect. Only a refusal for moved metadata,
 * after which nothing can have happened, is followed by another try; a lost answer never is.
 */
export async function writeObject(run: ApplyRun, step: StepOf<'write'>, write: ObjectWrite): Promise<void> {
  const inherited = step.state === 'started';
  let state = await readObject(run.reader, write.about);
  if (inherited) await judgeInherited(run, step, { write, state });
  let current = step;
  for (let tries = 1; ; tries += 1) {
    const standing = standingOf(write, state);
    const beside = movedBeside(run.proposal.basis, write, state);
    if (standing === 'moved' || beside.length > 0)
      throw await endMoved(run, current, { write, state, beside });
    if (standing === 'after') return done(run, current, alreadyThere(write, inherited));

    current = {
      ...current,
      state: 'started',
      resourceVersion: state.resourceVersion,
      startedAt: isoNow(run),
    };
    await recordStep(run, current);
    run.signal.throwIfAborted();
    const failure = await attempt(run, write, state);
    if (failure === undefined) return done(run, current, undefined);
    if (failure.kind !== 'moved') return settle(run, current, { write, failure });
    const before = state;
    state = await readObject(run.reader, write.about);
    if (tries === TRIES) return settle(run, current, { write, failure: elsewhere(failure, before, state) });
  }
}

/**
 * A killed worker's try is only repeated where the object still has the very version that try was for: then it did
 * not happen, and of the two at most one can. Anything else between before and after cannot be told apart.
 */
async function judgeInherited(
  run: ApplyRun,
  step: StepOf<'write'>,
  { write, state }: { write: ObjectWrite; state: ObjectState },
): Promise<void> {
  if (standingOf(write, state) === 'after' || state.resourceVersion === step.resourceVersion) return;
  const label = labelOf(write.about);
  const detail = `A worker ended while writing ${label}, and the object has been changed since: whether the write took effect cannot be told.`;
  await recordStep(run, { ...step, state: 'unknown', endedAt: isoNow(run), detail });
  throw new Ended('unknown', `${detail} Look at ${label}.`);
}

async function attempt(
  run: ApplyRun,
  write: ObjectWrite,
  state: ObjectState,
): Promise<WriteFailure | undefined> {
  try {
    await run.writer.patch(write.about, operationsFor(write, state), { dryRun: false });
    return undefined;
  } catch (error) {
    return writeFailure(error);
  }
}

/** Refused as moved, and not moved for the reader: the two credentials do not see the same object. */
const elsewhere = (failure: WriteFailure, before: ObjectState, now: ObjectState): WriteFailure =>
  now.uid !== before.uid || now.resourceVersion !== before.resourceVersion
    ? failure
    : {
        ...failure,
        reason: `${failure.reason}. The reader still sees it as it was: does the fixer’s kubeconfig lead to the same cluster?`,
      };

const alreadyThere = ({ about }: ObjectWrite, inherited: boolean): string =>
  inherited
    ? 'Carried out by a worker that ended before it could say so.'
    : `${labelOf(about)} already held the new value.`;

const done = (run: ApplyRun, step: StepOf<'write'>, detail: string | undefined): Promise<void> =>
  recordStep(run, { ...step, state: 'done', endedAt: isoNow(run), detail });

async function endMoved(
  run: ApplyRun,
  step: StepOf<'write'>,
  { write, state, beside }: { write: ObjectWrite; state: ObjectState; beside: readonly Moved[] },
): Promise<Ended> {
  const standing = standingOf(write, state);
  const own = standing === 'moved' ? movedFields(write, state, 'from') : [];
  const left = standing === 'after' ? 'It holds the new value; no more was done' : 'It was left alone';
  const detail = `${await nameWriters(run.reader, [...own, ...beside])}: changed by someone else just now. ${left}.`;
  const nothingDone = run.proposal.steps.every((other) => other.state !== 'done') && standing !== 'after';
  await recordStep(run, { ...step, state: 'failed', endedAt: isoNow(run), detail });
  return new Ended(nothingDone ? 'stale' : 'failed', detail);
}

async function settle(
  run: ApplyRun,
  step: StepOf<'write'>,
  { write, failure }: { write: ObjectWrite; failure: WriteFailure },
): Promise<void> {
  if (failure.kind === 'lost' || failure.kind === 'broken') {
    const seen = await lookThrice(run, async () => {
      const state = await readObject(run.reader, write.about);
      return standingOf(write, state) === 'after' ? true : undefined;
    });
    if (seen) return done(run, step, 'The answer was lost; the cluster shows the change.');
  }
  const state = failure.kind === 'lost' ? 'unknown' : 'failed';
  const detail = unseenReason(failure, labelOf(write.about));
  await recordStep(run, { ...step, state, endedAt: isoNow(run), detail });
  throw new Ended(state, detail);
}
