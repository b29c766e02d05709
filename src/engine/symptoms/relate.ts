import type { Affected, Finding } from '../../checks/define-check.js';
import { speaksOfNetwork } from '../../cluster/cni-wordings.js';
import { type Symptom, symptomName } from './symptom.js';

export interface Explained {
  readonly symptom: Symptom;
  /** The finding that accounts for it; absent = none does. */
  readonly by?: Finding | undefined;
}

export interface Claimant {
  /** Of its check. */
  readonly area: string;
  readonly finding: Finding;
}

/**
 * Gives each symptom to the one finding that accounts for it best. A cause comes before a check that only sorts the
 * symptoms themselves (area `across`), a finding that quotes the symptom's own words before one that names the object.
 */
export function relate(symptoms: readonly Symptom[], claimants: readonly Claimant[]): readonly Explained[] {
  const problems = claimants.filter(({ finding }) => finding.severity === 'problem');
  return symptoms.map((symptom) => {
    const able = problems
      .map((claimant) => ({ claimant, strength: strengthOf(claimant, symptom) }))
      .filter(({ strength }) => strength > 0)
      .sort((a, b) => b.strength - a.strength);
    return { symptom, by: able[0]?.claimant.finding };
  });
}

/** 0 = does not explain it. A network that is down keeps no kubelet from reporting and no runtime from answering. */
function strengthOf({ area, finding }: Claimant, symptom: Symptom): number {
  const quotes = finding.evidence.some(({ where, value }) =>
    symptom.evidence.some((own) => own.where === where && own.value === value),
  );
  const names = namesObject(finding, symptom);
  if (!quotes && !names) return 0;
  return (area === 'across' ? 0 : 2) + (quotes ? 1 : 0) + 1;
}

function namesObject({ explains, about }: Finding, symptom: Symptom): boolean {
  if (explains === undefined || !explains.kinds.includes(symptom.kind)) return false;
  if (about.kind === symptom.about.kind && about.kind !== 'Cluster' && isSame(about, symptom.about))
    return true;
  if (symptom.kind === 'component-down') return namesComponent(explains, symptom);
  if (symptom.kind === 'node-not-ready' && !speaksOfNetwork(symptom.words)) return false;
  const onNode = symptom.node !== undefined && (explains.nodes?.includes(symptom.node) ?? false);
  return onNode || (symptom.about.kind === 'Pod' && (explains.pods?.includes(symptomName(symptom)) ?? false));
}

/** A node stands for the pods that wait there, not for each component on it: those have reasons of their own. */
function namesComponent({ nodes, pods, workloads }: Affected, symptom: Symptom): boolean {
  if (pods?.includes(symptomName(symptom))) return true;
  if (symptom.workload === undefined || !workloads?.includes(symptom.workload)) return false;
  return nodes === undefined || symptom.node === undefined || nodes.includes(symptom.node);
}

const isSame = (a: Symptom['about'], b: Symptom['about']): boolean =>
  a.name === b.name && (a.namespace ?? '') === (b.namespace ?? '');
