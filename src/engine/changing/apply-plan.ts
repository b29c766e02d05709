import type { ClusterReader } from '../../cluster/ports.js';
import { AcknetError, isAcknetError } from '../../errors.js';
import { mask } from '../../masking/mask.js';
import { goodUntil } from '../../proposals/good-until.js';
import type { HeldLock } from '../../proposals/ports.js';
import type { Proposal, ProposalState } from '../../proposals/proposal.js';
import { isRestart } from '../../proposals/step.js';
import type { Plan } from '../../remediations/define-remediation.js';
import { canonical } from '../planning/digest.js';
import { CLOUD_PATIENCE_MS } from '../planning/draft-proposal.js';
import { storeChanges } from '../planning/plan-digest.js';
import { describeMove, gatherPlanFacts, higherRisk, type PlanFacts } from '../planning/plan-facts.js';
import { planFix } from '../planning/plan-fix.js';
import { planUndo } from '../planning/plan-undo.js';
import { type ApplyPorts, type ApplyRun, Ended, isoNow, moveTo, recordStep, startRun } from './apply-run.js';
import { layOutSteps } from './lay-out-steps.js';
import { patientReader } from './patient-reader.js';
import { readyNow, readyText } from './ready-now.js';
import { runSteps } from './run-steps.js';
import { lookAgain, verifyFix } from './verifying/verify-fix.js';

export type { ApplyPorts } from './apply-run.js';

const underWay: ReadonlySet<ProposalState> = new Set(['approved', 'applying', 'verifying']);

/**
 * Carries out an approved proposal, or goes on where a killed worker stopped; looks again at an unproven one. Any
 * other state is returned as it is. Throws `cluster.busy` while the cluster's lock is elsewhere, and the abort reason
 * on shutdown: both leave the state as it is for a later call. Everything else ends as a state that says why.
 */
export async function applyProposal(known: Proposal, ports: ApplyPorts): Promise<Proposal> {
  if (known.state === 'unproven') return await end(ports, known, { ended: await lookAgain(ports, known) });
  if (!underWay.has(known.state)) return known;

  const held = await ports.lock.acquire(known.cluster, ports.holder);
  if (held === undefined) throw busy(known.cluster);
  try {
    // What was known before the lock was held may have moved since.
    const proposal = await stored(known.id, ports);
    return underWay.has(proposal.state) ? await carryOut(ports, proposal, held) : proposal;
  } finally {
    await held.release();
  }
}

async function stored(id: string, { store }: ApplyPorts): Promise<Proposal> {
  const proposal = await store.get(id);
  if (proposal === undefined) throw new AcknetError('proposal.unknown', `There is no proposal ${id}.`);
  return proposal;
}

const busy = (cluster: string): AcknetError =>
  new AcknetError('cluster.busy', `Another change is being made to ${cluster}; this one waits.`);

async function carryOut(ports: ApplyPorts, proposal: Proposal, held: HeldLock): Promise<Proposal> {
  let run: ApplyRun | undefined;
  try {
    await ports.prove();
    run = await startRun(ports, proposal, held);
    if (run.proposal.state === 'approved') await begin(run);
    else if (run.proposal.state === 'applying') await allowStart(run);
    if (run.proposal.state === 'applying') {
      run.reader = patientReader(run);
      await runSteps(run);
      await moveTo(run, 'verifying', { appliedAt: isoNow(run) });
    }
    return await verifyFix(run);
  } catch (error) {
    ports.signal.throwIfAborted();
    if (held.lost.aborted) throw busy(proposal.cluster);
    if (isAcknetError(error, 'cluster.busy')) throw error;
    const current = () => run?.proposal ?? proposal;
    if (error instanceof Ended) return await end(ports, current(), { ended: error, fence: held.token });
    if (isAcknetError(error) && error.code.startsWith('cluster.')) {
      const ended = faultEnd(current(), error);
      if (run) await leaveOpen(run, error);
      return await end(ports, current(), { ended, fence: held.token });
    }
    // Someone else ended it in the same moment, e.g. its expiry: the state says so.
    if (isAcknetError(error, 'proposal.state')) return await stored(proposal.id, ports);
    throw error;
  }
}

/** The cluster could not be read any more: what of a begun step took effect is then open. */
function faultEnd({ steps }: Proposal, error: AcknetError): Ended {
  const reason = mask(error.message);
  const begun = steps.find(({ state }) => state === 'started');
  if (begun)
    return new Ended(
      'unknown',
      `"${begun.title}" was begun and could not be followed: ${reason}. Look there.`,
    );
  const done = steps.filter(({ state }) => state === 'done').length;
  const so = done === 0 ? 'Nothing was changed' : `Stopped after ${done} of ${steps.length} steps`;
  return new Ended('failed', `${so}: ${reason}`);
}

/** Nobody is at that step any more: its record must not go on saying so. */
async function leaveOpen(run: ApplyRun, { message }: AcknetError): Promise<void> {
  const begun = run.proposal.steps.find(({ state }) => state === 'started');
  if (begun)
    await recordStep(run, { ...begun, state: 'unknown', endedAt: isoNow(run), detail: mask(message) });
}

async function end(
  ports: ApplyPorts,
  proposal: Proposal,
  { ended, fence }: { readonly ended: Ended; readonly fence?: number },
): Promise<Proposal> {
  const { store, onChange, now } = ports;
  const { id } = proposal;
  const set = {
    detail: mask([ended.message, ...(await leftAs(ports, proposal, ended))].join(' ')),
    ...(ended.recheckAt ? { recheckAt: ended.recheckAt.toISOString() } : { endedAt: now().toISOString() }),
  };
  const fenced = fence === undefined ? {} : { fence };
  const moved = await store.move(id, { to: ended.to, by: 'system', set, ...fenced });
  onChange(moved);
  return moved;
}

const halfWay: ReadonlySet<ProposalState> = new Set(['failed', 'aborted', 'unknown']);

/** Of a roll-out that stopped half-way: who reads that needs to know how the nodes are. */
async function leftAs(
  { access, signal }: ApplyPorts,
  { steps, state }: Proposal,
  { to }: Ended,
): Promise<readonly string[]> {
  const begun = steps.filter(isRestart).some((step) => step.state !== 'pending');
  if (state !== 'applying' || !halfWay.has(to) || !begun) return [];
  return [readyText(await readyNow(access.reader(signal)))];
}

/** Everything that was approved must still be so at this moment; then the steps are written down. */
async function begin(run: ApplyRun): Promise<void> {
  const facts = await planAgain(run);
  const planned = canonical(facts.changes) === canonical(run.proposal.changes);
  if (!planned || facts.digest !== run.proposal.digest)
    throw new Ended('stale', await describeMove(run.reader, run.proposal, facts));
  const steps = await layOutSteps(run.reader, facts);
  if (run.ports.now().getTime() >= goodUntil(run.proposal))
    throw new Ended('expired', 'It was approved, but expired before its turn came.');
  await allowStart(run);
  await moveTo(run, 'applying', { steps });
}

async function planAgain(run: ApplyRun): Promise<PlanFacts> {
  const { proposal, reader } = run;
  try {
    const plan = await freshPlan(run, reader);
    if (plan.changes.length === 0)
      throw new Ended('stale', 'There is nothing left to change: the cluster is as the fix would make it.');
    const own = run.ports.remediation(proposal.remediation)?.risk ?? proposal.risk;
    const base = proposal.undoes === undefined ? higherRisk(own, plan.risk ?? 'low') : proposal.risk;
    return await gatherPlanFacts(reader, storeChanges(plan.changes), base);
  } catch (error) {
    if (isAcknetError(error, 'plan.refused'))
      throw new Ended('stale', `A precondition no longer holds: ${error.message}`);
    throw error;
  }
}

async function freshPlan({ ports, proposal, original }: ApplyRun, reader: ClusterReader): Promise<Plan> {
  if (original !== undefined) return planUndo(original, reader, ports.now());
  if (proposal.undoes !== undefined)
    throw new Ended('failed', 'The fix that this would undo is not known any more. Nothing was changed.');
  const remediation = ports.remediation(proposal.remediation);
  if (remediation === undefined)
    throw new Ended('failed', `This version of acknet has no remediation ${proposal.remediation}.`);
  const { target, params } = proposal;
  const cloud = ports.cloud?.reader({ signal: ports.signal, patienceMs: CLOUD_PATIENCE_MS });
  return planFix(reader, remediation, { target, params, now: ports.now(), cloud });
}

/**
 * Authority is asked twice: at the click, and here, just before the first write. Until then it can still be lost;
 * after it, stopping half-way is the worse harm.
 */
async function allowStart({ ports, proposal }: ApplyRun): Promise<void> {
  if (proposal.steps.some(({ state }) => state !== 'pending')) return;
  const answer = await ports.mayStillApply(proposal);
  if (answer !== true) throw new Ended('aborted', `Stopped before anything was written: ${answer}`);
}
