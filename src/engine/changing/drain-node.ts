import { unlessAbsent } from '../../cluster/absent.js';
import { disruptionBudgets } from '../../cluster/views/policies/disruption-budget.js';
import type { PodView } from '../../cluster/views/pod.js';
import { pods } from '../../cluster/views/pod.js';
import { isAcknetError } from '../../errors.js';
import type { StoredChange } from '../../proposals/proposal.js';
import type { Step, StepOf } from '../../proposals/step.js';
import { blockingBudgets } from '../../remediations/node/blocking-budgets.js';
import { evictable, needsAcceptance } from '../../remediations/node/evictable-pods.js';
import { type ApplyRun, checkpoint, Ended, isoNow, recordStep } from './apply-run.js';
import { driftOf } from './drift-of.js';
import { lookThrice, waitUntil } from './wait-until.js';
import { unseenReason, type WriteFailure, writeFailure } from './write-failure.js';

export type DrainChange = Extract<StoredChange, { verb: 'drain' }>;

const RETRY_MS = 2000;
const ANOTHER = 'It is gone already; another pod has its name now, and was left alone: nobody approved that.';

/** Evicts one pod. A PodDisruptionBudget in the way is asked again until the drain's time limit, never overruled. */
export async function evictOne(run: ApplyRun, step: StepOf<'evict'>, change: DrainChange): Promise<void> {
  const { pod: name } = step;
  const deadline = drainDeadline(run, change);
  const found = await findPod(run, change, name);
  // Steps of an earlier version hold no uid before they are begun.
  const another = found !== undefined && found.uid !== (step.uid ?? found.uid);
  if (another) return record(run, step, { state: 'done', detail: ANOTHER });
  if (found === undefined || found.deleting)
    return record(run, step, { state: 'done', detail: 'It is gone already.' });

  if (needsAcceptance(found) && !change.accepted.includes(name)) {
    const detail = `${name} would lose its data or not come back, and nobody accepted that: it was left alone.`;
    await record(run, step, { state: 'failed', detail });
    throw new Ended('failed', detail);
  }
  const started: Step = { ...step, state: 'started', uid: found.uid, startedAt: isoNow(run) };
  await recordStep(run, started);
  for (;;) {
    run.signal.throwIfAborted();
    const outcome = await attempt(run, found);
    if (outcome === 'evicted') return record(run, started, { state: 'done' });
    if (outcome.blocked) {
      if (run.ports.watch() >= deadline) throw await blocked(run, started, found);
      await run.ports.wait(RETRY_MS, run.signal);
      await stopIfAsked(run, started, 'It was not evicted: stopped on request.');
      await stopAtDrift(run, started);
      continue;
    }
    return settle(run, started, { change, pod: found, failure: outcome });
  }
}

type Refusal = WriteFailure & { readonly blocked: boolean };

async function attempt(run: ApplyRun, pod: PodView): Promise<'evicted' | Refusal> {
  try {
    await run.writer.evictPod(pod, { dryRun: false });
    return 'evicted';
  } catch (error) {
    const failure = writeFailure(error);
    return { ...failure, blocked: isAcknetError(error, 'cluster.rejected') };
  }
}

async function blocked(run: ApplyRun, step: Step, pod: PodView): Promise<Ended> {
  const budgets = blockingBudgets((await unlessAbsent(run.reader.list(disruptionBudgets))) ?? [], pod);
  const by = budgets.length > 0 ? `PodDisruptionBudget ${budgets.join(', ')}` : 'a PodDisruptionBudget';
  const detail = `${pod.namespace}/${pod.name} could not be evicted within the time limit: ${by} allows no disruption.`;
  await record(run, step, { state: 'failed', detail });
  return new Ended('failed', detail);
}

async function settle(
  run: ApplyRun,
  step: Step,
  { change, pod, failure }: { change: DrainChange; pod: PodView; failure: WriteFailure },
): Promise<void> {
  if (failure.kind !== 'refused') {
    const gone = await lookThrice(run, async () => {
      const now = await findPod(run, change, `${pod.namespace}/${pod.name}`);
      return now === undefined || now.deleting || now.uid !== pod.uid ? true : undefined;
    });
    if (gone) return record(run, step, { state: 'done', detail: 'The answer was lost; the pod is going.' });
  }
  const state = failure.kind === 'lost' ? 'unknown' : 'failed';
  const detail = unseenReason(failure, `pod ${pod.namespace}/${pod.name}`);
  await record(run, step, { state, detail });
  throw new Ended(state, detail);
}

/** Waits until nothing is left that a drain would evict, and names what is. */
export async function seeDrained(run: ApplyRun, step: Step, change: DrainChange): Promise<void> {
  const started: Step = { ...step, state: 'started', startedAt: isoNow(run) };
  await recordStep(run, started);
  let left: readonly PodView[] = [];
  const seconds = Math.max((drainDeadline(run, change) - run.ports.watch()) / 1000, 0);
  const empty = await waitUntil(run, {
    seconds,
    look: async () => {
      await stopIfAsked(run, started, 'Not waited for any longer: stopped on request.');
      left = (await podsOn(run, change)).filter((pod) => pod.deleting || evictable(pod)).filter(unmanaged);
      return left.length === 0 ? true : undefined;
    },
  });
  if (empty) return record(run, started, { state: 'done' });
  const names = left.map(({ namespace, name }) => `${namespace}/${name}`).join(', ');
  const detail = `${change.about.name} was not empty within ${change.timeoutSeconds} s; still there: ${names}.`;
  await record(run, started, { state: 'failed', detail });
  throw new Ended('failed', detail);
}

/** Like `checkpoint`; a step that ends in its middle says so. */
async function stopIfAsked(run: ApplyRun, step: Step, detail: string): Promise<void> {
  await checkpoint(run).catch(async (error: unknown) => {
    if (error instanceof Ended) await record(run, step, { state: 'failed', detail });
    throw error;
  });
}

/** Refused so far, so nothing has happened to this pod. */
async function stopAtDrift(run: ApplyRun, step: Step): Promise<void> {
  const drift = await driftOf(run, step);
  if (drift === undefined) return;
  await record(run, step, { state: 'failed', detail: drift });
  throw new Ended('failed', drift);
}

const unmanaged = ({ owner, mirror }: PodView): boolean => owner?.kind !== 'DaemonSet' && !mirror;

/** On the run's watch; counted from the first eviction, also for the worker that takes over. */
function drainDeadline(run: ApplyRun, change: DrainChange): number {
  const starts = run.proposal.steps
    .filter((step) => step.kind === 'evict' && step.node === change.about.name)
    .map(({ startedAt }) => startedAt)
    .filter((time) => time !== undefined)
    .map((time) => Date.parse(time));
  const now = run.ports.now().getTime();
  const spent = now - Math.min(...starts, now);
  return run.ports.watch() + change.timeoutSeconds * 1000 - spent;
}

const podsOn = (run: ApplyRun, { about }: DrainChange): Promise<readonly PodView[]> =>
  run.reader.list(pods, { fieldSelector: `spec.nodeName=${about.name}` });

const findPod = async (run: ApplyRun, change: DrainChange, name: string): Promise<PodView | undefined> =>
  (await podsOn(run, change)).find((pod) => `${pod.namespace}/${pod.name}` === name);

const record = (run: ApplyRun, step: Step, end: Pick<Step, 'state' | 'detail'>): Promise<void> =>
  recordStep(run, { ...step, ...end, endedAt: isoNow(run) });
