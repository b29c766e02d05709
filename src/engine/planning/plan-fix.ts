import type { Finding } from '../../checks/judging/define-check.js';
import { labelOf } from '../../cluster/object-label.js';
import type { ClusterReader } from '../../cluster/ports.js';
import { AcknetError, isAcknetError } from '../../errors.js';
import {
  type Change,
  needsParams,
  type Plan,
  type PlanInput,
  type Remediation,
} from '../../remediations/define-remediation.js';
import { remediationsFor } from '../../remediations/index.js';
import { overlayReader } from './overlay-reader.js';
import { higherRisk } from './plan-facts.js';
import { startFaults } from './start-faults.js';

/**
 * A remediation's plan, made sure of: where pods that restart would meet a fault that running ones do not have, it is
 * refused, naming what comes first. Where that waits for this one in turn, one plan mends both.
 */
export async function planFix(
  reader: ClusterReader,
  remediation: Remediation,
  input: PlanInput<unknown>,
): Promise<Plan> {
  const plan = await remediation.plan(reader, input);
  const [fault] = await startFaults(reader, plan.changes, input.now);
  if (fault === undefined) return plan;
  const remedy = remedyFor(fault, remediation);
  const both = remedy && (await planBoth(reader, { remediation, plan, remedy, fault, input }));
  if (both !== undefined) return both;
  throw comesFirst(reader.cluster, fault, remedy ?? remediationsFor(fault.id)[0]);
}

const remedyFor = (fault: Finding, { id }: Remediation): Remediation | undefined =>
  remediationsFor(fault.id).find((remedy) => remedy.id !== id && !needsParams(remedy));

interface Pair {
  readonly remediation: Remediation;
  readonly plan: Plan;
  readonly remedy: Remediation;
  readonly fault: Finding;
  readonly input: PlanInput<unknown>;
}

/** undefined = the remedy can come first by itself, or both together would not do either. */
async function planBoth(
  reader: ClusterReader,
  { remediation, plan, remedy, fault, input }: Pair,
): Promise<Plan | undefined> {
  const given = { target: fault.about, params: {}, now: input.now, cloud: input.cloud };
  const alone = await unlessRefused(remedy.plan(reader, given));
  const inItsWay = alone === undefined ? [] : await startFaults(reader, alone.changes, input.now);
  if (!inItsWay.some(({ id }) => remediation.fixes.includes(id))) return undefined;
  const second = await unlessRefused(remedy.plan(overlayReader(reader, plan.changes), given));
  if (second === undefined) return undefined;
  const changes = merged([...plan.changes, ...second.changes]);
  if ((await startFaults(reader, changes, input.now)).length > 0) return undefined;
  return {
    changes,
    warnings: [
      `This mends two faults at once, as either would come into force with the fix of the other: ${fault.message}`,
      ...new Set([...plan.warnings, ...second.warnings]),
    ],
    risk: [plan.risk, remedy.risk, second.risk].reduce<Plan['risk'] & string>(
      (highest, risk) => higherRisk(highest, risk ?? 'low'),
      remediation.risk,
    ),
  };
}

async function unlessRefused(plan: Promise<Plan>): Promise<Plan | undefined> {
  try {
    return await plan;
  } catch (error) {
    if (isAcknetError(error, 'plan.refused')) return undefined;
    throw error;
  }
}

/** One edit a document, from what it was before both; one roll-out a DaemonSet, of the nodes of both, at the end. */
function merged(changes: readonly Change[]): readonly Change[] {
  const byPlace = new Map<string, Change>();
  for (const change of changes) {
    const place = JSON.stringify([change.verb, labelOf(change.about), placeOf(change)]);
    const earlier = byPlace.get(place);
    byPlace.set(place, earlier === undefined ? change : joined(earlier, change));
  }
  const all = [...byPlace.values()];
  const isRoll = ({ verb }: Change): boolean => verb === 'roll-pods';
  return [...all.filter((change) => !isRoll(change)), ...all.filter(isRoll)];
}

function placeOf(change: Change): string | readonly string[] {
  if (change.verb === 'edit-document') return change.key;
  return change.verb === 'set' ? change.path : '';
}

function joined(earlier: Change, later: Change): Change {
  if (earlier.verb === 'roll-pods' && later.verb === 'roll-pods') {
    const { nodes: _, ...whole } = earlier;
    if (earlier.nodes === undefined || later.nodes === undefined) return whole;
    return { ...whole, nodes: [...new Set([...earlier.nodes, ...later.nodes])].sort() };
  }
  return 'from' in earlier && 'from' in later ? ({ ...later, from: earlier.from } as Change) : later;
}

/** A command only where it can be given as it stands. */
function firstStep(cluster: string, fault: Finding, remedy: Remediation | undefined): string {
  if (remedy === undefined) return `Correct ${labelOf(fault.about)} first.`;
  return needsParams(remedy)
    ? `First comes "${remedy.title}", offered below that finding: /acknet check ${cluster} ${fault.check}`
    : `First: /acknet fix ${remedy.id} ${cluster}`;
}

function comesFirst(cluster: string, fault: Finding, remedy: Remediation | undefined): AcknetError {
  const first = firstStep(cluster, fault, remedy);
  return new AcknetError(
    'plan.refused',
    `Pods that restart would meet a fault that those running do not have (${fault.id}): ${fault.message}`,
    { hint: first },
  );
}
