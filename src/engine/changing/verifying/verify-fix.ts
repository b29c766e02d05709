import type { ObjectRef } from '../../../cluster/ports.js';
import { isAcknetError } from '../../../errors.js';
import { mask } from '../../../masking/mask.js';
import type { Proposal } from '../../../proposals/proposal.js';
import { isRestart } from '../../../proposals/step.js';
import type { Proof } from '../../../remediations/define-remediation.js';
import type { CheckResult } from '../../checking/check-run.js';
import { checksOf } from '../../planning/checks-of.js';
import { type ApplyPorts, type ApplyRun, Ended } from '../apply-run.js';
import { waitUntil } from '../wait-until.js';
import { judgeCheck, type Meant, type Sight } from './judge-check.js';
import { seeUndone } from './see-undone.js';

/** When an outcome without evidence is looked at again. */
const RECHECK_SECONDS = 600;
/** A check lists whole resources: not every second. */
const INTERVAL_MS = 3000;

type SightPorts = Pick<ApplyPorts, 'access' | 'remediation' | 'runChecks' | 'now' | 'signal' | 'store'>;

/** Looks until the fix is proven or the time is up, then ends the run with what it saw last. */
export async function verifyFix(run: ApplyRun): Promise<never> {
  const { ports, proposal } = run;
  let last: Sight = { outcome: 'unproven', detail: 'Nothing could be read yet.' };
  await waitUntil(run, {
    seconds: ports.limits.verifySeconds,
    intervalMs: INTERVAL_MS,
    look: async () => {
      last = await sightOf(ports, proposal);
      return last.outcome === 'fixed' && last.early !== true ? true : undefined;
    },
  });
  throw endOf(last, proposal, ports.now());
}

/** The second and last look at an unproven fix. */
export async function lookAgain(ports: SightPorts, proposal: Proposal): Promise<Ended> {
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

/** What can be said of the effect right now. */
export async function sightOf(ports: SightPorts, proposal: Proposal): Promise<Sight> {
  if (proposal.undoes !== undefined) return seeUndone(ports, proposal);
  const proof = await proofOf(ports, proposal);
  const asked = askedOf(ports, proposal);
  if (asked.length === 0) return byProof(proof);
  const results = await checkResults(ports, proposal, asked);
  if (typeof results === 'string') return { outcome: 'unproven', detail: join(results, proof?.detail) };
  // Only checks that read everything and saw nothing leave the word to the proof.
  const quiet = results.every(
    ({ unknown }) => (unknown?.code ?? 'check.no-evidence') === 'check.no-evidence',
  );
  const state = { proof: quiet ? proof?.state : undefined };
  const sight = worst(results.map((result) => judgeCheck(result, meantBy(ports, proposal))));
  if (sight.outcome === 'fixed' && proof?.state === 'not-in-effect')
    return { ...state, outcome: 'unproven', detail: join(proof.detail, sight.detail) };
  return { ...sight, ...state, detail: join(sight.detail, proof?.detail) };
}

const join = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(' ');

/** Where no check can tell, the proof alone does. */
function byProof(proof: Proof | undefined): Sight {
  if (proof === undefined) return { outcome: 'unproven', detail: 'Applied; nothing shows its effect.' };
  if (proof.state === 'unreadable')
    return { outcome: 'unproven', detail: `Applied, proof not readable: ${proof.detail}` };
  const outcome = proof.state === 'in-effect' ? 'fixed' : 'unproven';
  return { outcome, detail: `Applied. ${proof.detail}`, proof: proof.state };
}

/** The finding's own check; for a fix asked for without one, those that find what it mends. */
function askedOf(
  { remediation }: SightPorts,
  { after, finding, remediation: id }: Proposal,
): readonly string[] {
  if (after === 'unchanged') return [];
  if (finding !== undefined) return [finding.check];
  return checksOf({ fixes: remediation(id)?.fixes ?? [] }).map((check) => check.id);
}

const order: readonly Sight['outcome'][] = ['still-found', 'unproven', 'fixed'];

/** One check that still finds it, or cannot tell, is enough. */
function worst(sights: readonly Sight[]): Sight {
  const outcome = order.find((each) => sights.some((sight) => sight.outcome === each)) ?? 'unproven';
  const told = sights.filter((sight) => sight.outcome === outcome);
  const other = told.every((sight) => sight.other === true);
  return { outcome, other, detail: told.map(({ detail }) => detail).join(' ') };
}

/** What the fix was to mend: the very finding it came from, or those it may be offered for about what it changed. */
function meantBy({ remediation }: SightPorts, proposal: Proposal): Meant {
  const { finding, target, params } = proposal;
  if (finding !== undefined)
    return {
      ids: [finding.id],
      alone: false,
      is: ({ id, about }) => id === finding.id && isSame(about, finding.about),
    };
  const own = remediation(proposal.remediation);
  const ids = own?.fixes ?? [];
  return {
    ids,
    alone: true,
    is: (found) => ids.includes(found.id) && (own?.concerns?.(found, { target, params }) ?? true),
  };
}

const isSame = (one: ObjectRef, other: ObjectRef): boolean =>
  one.kind === other.kind && one.namespace === other.namespace && one.name === other.name;

async function proofOf(ports: SightPorts, proposal: Proposal): Promise<Proof | undefined> {
  const remediation = ports.remediation(proposal.remediation);
  if (remediation?.prove === undefined) return undefined;
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

async function checkResults(
  ports: SightPorts,
  proposal: Proposal,
  asked: readonly string[],
): Promise<readonly CheckResult[] | string> {
  const names = asked.join(', ');
  try {
    const run = await ports.runChecks(asked, new Date(proposal.appliedAt ?? proposal.createdAt));
    const results = run.checks.filter(({ id }) => asked.includes(id));
    const absent = asked.filter((id) => !results.some((result) => result.id === id));
    return absent.length > 0 ? `Not run: ${absent.join(', ')}.` : results;
  } catch (error) {
    if (!isAcknetError(error)) throw error;
    return `Could not be run: ${names}: ${mask(error.message)}`;
  }
}
