import { isAcknetError } from '../../errors.js';
import { mask } from '../../masking/mask.js';
import type { Proposal } from '../../proposals/proposal.js';
import { isRestart } from '../../proposals/step.js';
import type { Proof } from '../../remediations/define-remediation.js';
import type { CheckResult } from '../checking/check-run.js';
import { type ApplyPorts, type ApplyRun, Ended } from './apply-run.js';
import { waitUntil } from './wait-until.js';

/** When an outcome without evidence is looked at again. */
const RECHECK_SECONDS = 600;
/** A check lists whole resources: not every second. */
const INTERVAL_MS = 3000;

type Ports = Pick<ApplyPorts, 'access' | 'remediation' | 'runCheck' | 'now' | 'signal' | 'store'>;

/** What is known of the effect at one moment. */
interface Sight {
  readonly outcome: 'fixed' | 'still-found' | 'unproven';
  readonly detail: string;
  readonly proof?: Proof['state'] | undefined;
}

/** Looks until the fix is proven or the time is up, then ends the run with what it saw last. */
export async function verifyFix(run: ApplyRun): Promise<never> {
  const { ports, proposal } = run;
  let last: Sight = { outcome: 'unproven', detail: 'Nothing could be read yet.' };
  await waitUntil(run, {
    seconds: ports.limits.verifySeconds,
    intervalMs: INTERVAL_MS,
    look: async () => {
      last = await sightOf(ports, proposal);
      return last.outcome === 'fixed' ? true : undefined;
    },
  });
  throw endOf(last, proposal, ports.now());
}

/** The second and last look at an unproven fix. */
export async function lookAgain(ports: Ports, proposal: Proposal): Promise<Ended> {
  const undo = proposal.undoneBy === undefined ? undefined : await ports.store.get(proposal.undoneBy);
  if (undo?.appliedAt !== undefined) return new Ended('unknown', 'It was undone before it was proven.');
  const { outcome, detail, proof } = await sightOf(ports, proposal);
  if (outcome !== 'unproven') return new Ended(outcome, detail);
  // Where absence never proves anything, the change in effect and no new sign of the fault is all there can be.
  if (proposal.after === 'settles' && proof === 'in-effect')
    return new Ended(
      'fixed',
      `In effect, and not found again since, which is all that can be told. ${detail}`,
    );
  return new Ended('unknown', `Still no proof either way at the second look. ${detail}`);
}

function endOf({ outcome, detail }: Sight, { after }: Proposal, now: Date): Ended {
  const recheckAt = new Date(now.getTime() + RECHECK_SECONDS * 1000);
  if (outcome === 'unproven') return new Ended('unproven', detail, recheckAt);
  if (outcome === 'still-found' && after === 'settles')
    return new Ended('unproven', `This takes a while to settle. ${detail}`, recheckAt);
  return new Ended(outcome, detail);
}

async function sightOf(ports: Ports, proposal: Proposal): Promise<Sight> {
  const proof = await proofOf(ports, proposal);
  if (proposal.after === 'unchanged' || proposal.finding === undefined) return withoutCheck(proposal, proof);
  const result = await checkResult(ports, proposal);
  if (typeof result === 'string') return { outcome: 'unproven', detail: join(result, proof?.detail) };
  // Only a check that read everything and saw nothing leaves the word to the proof.
  const quiet = result.unknown === undefined || result.unknown.code === 'check.no-evidence';
  const state = { proof: quiet ? proof?.state : undefined };
  const sight = judge(result, proposal);
  if (sight.outcome === 'fixed' && proof?.state === 'not-in-effect')
    return { ...state, outcome: 'unproven', detail: join(proof.detail, sight.detail) };
  return { ...sight, ...state, detail: join(sight.detail, proof?.detail) };
}

const join = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(' ');

/** Where no check can tell, the values read back and the pods seen Ready are the outcome, and the proof if there is one. */
function withoutCheck(proposal: Proposal, proof: Proof | undefined): Sight {
  const done = proposal.undoes === undefined ? 'Applied' : 'Put back';
  if (proof === undefined)
    return { outcome: 'fixed', detail: `${done}; all steps were seen to take effect.` };
  if (proof.state === 'unreadable' && proposal.after !== 'unchanged')
    return { outcome: 'fixed', detail: `${done}, proof not readable: ${proof.detail}` };
  const refuted = proof.state === 'not-in-effect' && proposal.after !== 'unchanged';
  return { outcome: refuted ? 'still-found' : 'fixed', detail: `${done}. ${proof.detail}` };
}

/** An undo is proven by the values alone: its remediation's proof is of the opposite. */
async function proofOf(ports: Ports, proposal: Proposal): Promise<Proof | undefined> {
  const remediation = ports.remediation(proposal.remediation);
  if (proposal.undoes !== undefined || remediation?.prove === undefined) return undefined;
  const restarted = proposal.rollouts.flatMap(({ daemonSet }) =>
    proposal.steps
      .filter(isRestart)
      .filter((step) => step.daemonSet === daemonSet)
      .map(({ node }) => node),
  );
  try {
    return await remediation.prove(ports.access.reader(ports.signal), {
      target: proposal.target,
      params: proposal.params,
      nodes: restarted,
      since: new Date(firstStart(proposal)),
    });
  } catch (error) {
    if (!isAcknetError(error)) throw error;
    return { state: 'unreadable', detail: mask(error.message) };
  }
}

const firstStart = ({ steps, appliedAt, createdAt }: Proposal): string =>
  steps.find(({ startedAt }) => startedAt !== undefined)?.startedAt ?? appliedAt ?? createdAt;

async function checkResult(ports: Ports, proposal: Proposal): Promise<CheckResult | string> {
  const check = proposal.finding?.check;
  try {
    const run = await ports.runCheck(proposal, new Date(proposal.appliedAt ?? proposal.createdAt));
    return run.checks.find(({ id }) => id === check) ?? `The check ${check} was not run.`;
  } catch (error) {
    if (!isAcknetError(error)) throw error;
    return `The check ${check} could not be run: ${mask(error.message)}`;
  }
}

function judge(result: CheckResult, { finding }: Proposal): Sight {
  const still = result.findings.find(
    ({ id, about }) =>
      id === finding?.id &&
      about.kind === finding.about.kind &&
      about.namespace === finding.about.namespace &&
      about.name === finding.about.name,
  );
  if (still) {
    const shown = still.evidence.slice(0, 3).map(({ where, value }) => `${where}: ${value}`);
    return { outcome: 'still-found', detail: join(still.message, shown.join('; ')) };
  }
  if (result.outcome === 'unknown' && isOpen(result, finding?.id))
    return { outcome: 'unproven', detail: `${result.id} could not tell: ${result.unknown?.detail ?? ''}` };
  if (result.outcome === 'not-applicable')
    return { outcome: 'unproven', detail: `${result.id} does not apply any more: ${result.reason ?? ''}` };
  const others = result.findings.filter(({ severity }) => severity === 'problem');
  if (others.length === 0)
    return { outcome: 'fixed', detail: `Checked again: ${result.title}: ${clearOf(result)}.` };
  const messages = others.map(({ message }) => message).join(' ');
  return { outcome: 'still-found', detail: `The finding is gone, but ${result.id} now says: ${messages}` };
}

/** Whether what the check could not tell leaves this finding undecided. */
const isOpen = ({ unknown }: CheckResult, finding: string | undefined): boolean =>
  finding === undefined || (unknown?.only?.includes(finding) ?? true);

const clearOf = ({ outcome, unknown }: CheckResult): string =>
  outcome === 'unknown' ? `what was found is gone. Not told: ${unknown?.detail ?? ''}` : 'clear';
