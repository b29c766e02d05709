import { unlessAbsent } from '../../cluster/absent.js';
import { type NodeView, nodes } from '../../cluster/views/node.js';
import type { PodView } from '../../cluster/views/pod.js';
import { mask } from '../../masking/mask.js';
import { isRestart, type StepOf } from '../../proposals/step.js';
import { ownedPods, type RollChange, readyStatus } from '../planning/facts/rollout-facts.js';
import { type ApplyRun, Ended, isoNow, recordStep } from './apply-run.js';
import { driftOf } from './drift-of.js';
import { lookThrice, waitUntil } from './wait-until.js';
import { unseenReason, type WriteFailure, writeFailure } from './write-failure.js';

type RestartStep = StepOf<'restart'>;

interface RollStep {
  readonly change: RollChange;
  readonly node: string;
}

/** Replaces one node's pod and sees its successor Ready, or ends the run. */
export async function rollPod(run: ApplyRun, step: RestartStep, change: RollChange): Promise<void> {
  const roll = { change, node: step.node };
  const started = step.state === 'started' ? step : await startRoll(run, step, roll);
  if (started === undefined) return;
  const { uid = '' } = started;
  const old = (await podsOn(run, roll)).find((pod) => pod.uid === uid && !pod.deleting);
  // The uid precondition makes a second deletion of the same pod impossible: still there means not deleted yet.
  if (old) await deletePod(run, started, { roll, pod: old });
  const expected = { roll, uid, before: measureOf(run, started) };
  let seen = await seeReady(run, started, expected);
  if (isCanary(run, step)) {
    await run.ports.wait(SETTLE_MS, run.signal);
    seen = await seeReady(run, started, expected);
  }
  await recordStep(run, { ...started, state: 'done', endedAt: isoNow(run), detail: seen });
}

/**
 * A pod without a readiness probe is Ready before it fails, and a kubelet reports a lost CNI config with its next
 * status: the first pod of a roll-out is looked at again before the others follow.
 */
const SETTLE_MS = 10_000;

function isCanary({ proposal }: ApplyRun, step: RestartStep): boolean {
  const own = proposal.steps.filter(isRestart).filter(({ daemonSet }) => daemonSet === step.daemonSet);
  return own[0]?.id === step.id && own.length > 1;
}

async function startRoll(run: ApplyRun, step: RestartStep, roll: RollStep): Promise<RestartStep | undefined> {
  const host = await readNode(run, roll.node);
  if (host === undefined) {
    await recordStep(run, { ...step, state: 'done', endedAt: isoNow(run), detail: 'The node is gone.' });
    return undefined;
  }
  const pod = (await podsOn(run, roll)).find(({ deleting }) => !deleting);
  const started: RestartStep = { ...step, state: 'started', uid: pod?.uid ?? '', startedAt: isoNow(run) };
  await recordStep(run, started);
  run.signal.throwIfAborted();
  return started;
}

/** What an undo puts back may be what made the node NotReady: it is held to how the node was before the fix. */
function measureOf({ original }: ApplyRun, { daemonSet, node, wasReady }: RestartStep): string {
  const then = original?.steps.filter(isRestart).find((s) => s.daemonSet === daemonSet && s.node === node);
  return then?.wasReady === 'False' ? 'False' : wasReady;
}

const podsOn = (run: ApplyRun, { change, node }: RollStep): Promise<readonly PodView[]> =>
  ownedPods(run.reader, change, node);

const readNode = (run: ApplyRun, name: string): Promise<NodeView | undefined> =>
  unlessAbsent(run.reader.get(nodes, { name }));

async function deletePod(
  run: ApplyRun,
  step: RestartStep,
  { roll, pod }: { roll: RollStep; pod: PodView },
): Promise<void> {
  const failure = await attempt(run, pod);
  if (failure === undefined) return;
  // `moved` mostly means that the pod is gone already, which is what was wanted.
  if (failure.kind !== 'refused') {
    const gone = await lookThrice(run, async () =>
      (await podsOn(run, roll)).some(({ uid, deleting }) => uid === pod.uid && !deleting) ? undefined : true,
    );
    if (gone) return;
  }
  const state = failure.kind === 'lost' ? 'unknown' : 'failed';
  const detail = unseenReason(failure, `pod ${pod.namespace}/${pod.name} on ${roll.node}`);
  await recordStep(run, { ...step, state, endedAt: isoNow(run), detail });
  throw new Ended(state, detail);
}

async function attempt(run: ApplyRun, pod: PodView): Promise<WriteFailure | undefined> {
  try {
    await run.writer.deletePod(pod, { dryRun: false });
    return undefined;
  } catch (error) {
    return writeFailure(error);
  }
}

interface Expectation {
  readonly roll: RollStep;
  readonly uid: string;
  readonly before: string;
}

/** Says what it saw, or ends the run. The pod is read before its node: what it does to the node comes after it. */
async function seeReady(
  run: ApplyRun,
  step: RestartStep,
  { roll, uid, before }: Expectation,
): Promise<string> {
  // A pod that was there before is no successor, wherever it stood.
  const laidOut = new Set(run.proposal.steps.filter(isRestart).map(({ pod }) => pod));
  let last = `no new pod of ${roll.change.about.name} has appeared on ${roll.node}`;
  const successor = await waitUntil(run, {
    seconds: run.ports.limits.podReadySeconds,
    look: async () => {
      const pod = (await podsOn(run, roll)).find(
        (one) => one.uid !== uid && !one.deleting && !laidOut.has(one.name),
      );
      const host = await readNode(run, roll.node);
      if (host === undefined) return 'The node is gone.';
      last = mask(complaint(roll, pod, host));
      const worse = before === 'True' && readyStatus(host) !== 'True';
      return pod?.ready && !worse ? `${pod.name} is Ready.` : undefined;
    },
  });
  if (successor === undefined) {
    const drift = await driftOf(run, step);
    const why = drift === undefined ? '' : ` ${drift}`;
    const detail = `${roll.node} did not come back within ${run.ports.limits.podReadySeconds} s: ${last}.${why}`;
    await recordStep(run, { ...step, state: 'failed', endedAt: isoNow(run), detail });
    throw new Ended('failed', detail);
  }
  return successor;
}

/** Why it is not well yet, from the pod where it says so, else from its node. */
function complaint({ change, node }: RollStep, pod: PodView | undefined, host: NodeView): string {
  if (pod === undefined) return `no new pod of ${change.about.name} has appeared on ${node}`;
  if (!pod.ready) {
    const waiting = pod.containers.find(({ reason }) => reason !== undefined && reason !== 'Completed');
    const why = waiting && `container ${waiting.name}: ${waiting.reason} ${waiting.message ?? ''}`.trim();
    return `pod ${pod.name} is ${pod.phase}, not Ready${why ? ` (${why})` : ''}`;
  }
  const ready = host.conditions.find(({ type }) => type === 'Ready');
  return `the node is Ready=${ready?.status ?? 'Unknown'} (${ready?.reason ?? 'no condition'}: ${ready?.message ?? ''})`;
}
