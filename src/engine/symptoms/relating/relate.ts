import { type MendedPart, proofs } from '../../../checks/advice.js';
import type { Affected, Explains, Finding } from '../../../checks/judging/define-check.js';
import { allocationFault } from '../../../checks/terway/allocation-faults.js';
import { withoutNames } from '../../../checks/without-names.js';
import { namesOtherFault, speaksOfNetwork } from '../../../cluster/cni-wordings.js';
import { type Symptom, symptomKey, symptomName } from '../symptom.js';

export interface Explained {
  readonly symptom: Symptom;
  /** The finding that accounts for it; absent = none does. */
  readonly by?: Finding | undefined;
  /** Those that would account for it as well, and whose advice is another. */
  readonly yielding: readonly Finding[];
}

export interface Claimant {
  /** Of its check. */
  readonly area: string;
  readonly finding: Finding;
}

/**
 * Gives each symptom to the one finding that accounts for it best. A cause comes before a check that only sorts the
 * symptoms themselves (area `across`), the nearer proof before the further one, a finding that quotes the symptom's own
 * words before one that names the object, and one about few objects before one about many.
 */
export function relate(symptoms: readonly Symptom[], claimants: readonly Claimant[]): readonly Explained[] {
  const problems = claimants.filter(({ finding }) => finding.severity === 'problem');
  return symptoms.map((symptom) => {
    const able = problems
      .map((claimant) => ({ finding: claimant.finding, strength: strengthOf(claimant, symptom) }))
      .filter(({ strength }) => strength > 0)
      .sort((a, b) => b.strength - a.strength || breadthOf(a.finding) - breadthOf(b.finding))
      .map(({ finding }) => finding);
    const [by, ...others] = able;
    return { symptom, by, yielding: by === undefined ? [] : others.filter((other) => contradict(by, other)) };
  });
}

/** Whether two findings would have one thing mended in two places. One that only sorts what shows advises nothing. */
const contradict = (a: Pick<Finding, 'explains'>, b: Pick<Finding, 'explains'>): boolean =>
  a.explains?.mends !== undefined && b.explains?.mends !== undefined && a.explains.mends !== b.explains.mends;

/** 0 = does not explain it. A network that is down keeps no kubelet from reporting and no runtime from answering. */
function strengthOf({ area, finding }: Claimant, symptom: Symptom): number {
  const quotes = finding.evidence.some(({ where, value }) =>
    symptom.evidence.some((own) => own.where === where && own.value === value),
  );
  const names = namesObject(finding, symptom);
  if (!quotes && !names) return 0;
  const cause = area === 'across' ? 0 : 2 + 2 * proofs.indexOf(finding.explains?.proof ?? 'told');
  return cause + (quotes ? 1 : 0) + 1;
}

/** How many objects it is about; one that names workloads alone is about all nodes. */
const breadthOf = ({ explains }: Finding): number =>
  (explains?.nodes?.length ?? 0) + (explains?.pods?.length ?? 0) || Number.MAX_SAFE_INTEGER;

function namesObject({ explains, about, evidence }: Finding, symptom: Symptom): boolean {
  if (explains === undefined) return false;
  if (symptom.kind === 'component-failing' && lacksSupply(explains, symptom)) return true;
  if (!explains.kinds.includes(symptom.kind)) return false;
  if (symptom.kind === 'component-failing' && !(explains.nodes ?? []).includes(symptom.node ?? ''))
    return namesComponent(explains, symptom) && saysTheSame(evidence, symptom);
  if (explains.yields?.includes(symptomKey(symptom))) return false;
  if (about.kind === symptom.about.kind && about.kind !== 'Cluster' && isSame(about, symptom.about))
    return true;
  if (symptom.kind === 'component-down') return namesComponent(explains, symptom);
  if (symptom.kind === 'node-not-ready' && !speaksOfNetwork(symptom.words)) return false;
  const onNode =
    symptom.node !== undefined &&
    (explains.nodes?.includes(symptom.node) ?? false) &&
    !(symptom.kind === 'pod-waiting' && isOfSupply(explains.mends) && namesOtherFault(symptom.words));
  return onNode || (symptom.about.kind === 'Pod' && (explains.pods?.includes(symptomName(symptom)) ?? false));
}

/** What a node without addresses to give has mended. */
const SUPPLY: ReadonlySet<string | undefined> = new Set<MendedPart>([
  ...(['pod vSwitches', 'ENIs of the node', 'security group', 'cloud permission'] as const),
  ...([
    'way to the metadata service',
    'network card driver',
    'number of nodes',
    'type of the nodes',
  ] as const),
  ...(['pod range of the node', 'leaked addresses'] as const),
]);
const isOfSupply = (part: MendedPart | undefined): boolean => SUPPLY.has(part);

/** Terway’s log says of a node what its pods wait for: where none waits yet, that is the same cause. */
const lacksSupply = ({ mends, nodes }: Explains, { node, words }: Symptom): boolean =>
  isOfSupply(mends) && (nodes ?? []).includes(node ?? '') && allocationFault(words) !== undefined;

/** Of a component that fails everywhere the finding shows a few logs: another one with that line is the same case. */
const saysTheSame = (shown: Finding['evidence'], { evidence }: Symptom): boolean =>
  shown.some(({ value }) => evidence.some((own) => withoutNames(own.value) === withoutNames(value)));

/** A node stands for the pods that wait there, not for each component on it: those have reasons of their own. */
function namesComponent({ nodes, pods, workloads }: Affected, symptom: Symptom): boolean {
  if (pods?.includes(symptomName(symptom))) return true;
  if (symptom.workload === undefined || !workloads?.includes(symptom.workload)) return false;
  return nodes === undefined || symptom.node === undefined || nodes.includes(symptom.node);
}

const isSame = (a: Symptom['about'], b: Symptom['about']): boolean =>
  a.name === b.name && (a.namespace ?? '') === (b.namespace ?? '');
