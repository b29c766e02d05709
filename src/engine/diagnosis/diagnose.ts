import type { Finding, SymptomKind } from '../../checks/judging/define-check.js';
import { groupBy } from '../../checks/group-by.js';
import { findingKey } from '../checking/finding-key.js';
import { UNEXPLAINED } from '../symptoms/relating/unexplained.js';
import { faultOf } from './fault-of.js';

type Found = Pick<Finding, 'id' | 'severity' | 'about' | 'evidence' | 'data' | 'message'>;

interface Showing {
  readonly kind: SymptomKind;
  readonly about: Finding['about'];
  /** `findingKey` of the finding that accounts for it. */
  readonly by?: string | undefined;
}

/** Of a run or of its report: what both hold. */
interface Examined<F extends Found, S extends Showing> {
  readonly checks: readonly { readonly area?: string | undefined; readonly findings: readonly F[] }[];
  /** Absent = they were not looked for. */
  readonly symptoms?: readonly S[] | undefined;
}

/** One thing that is wrong, on one object or on many, and what shows because of it. */
export interface Cause<F extends Found = Found, S extends Showing = Showing> {
  /** Of its first finding; further checks may have found the same. */
  readonly id: string;
  readonly findings: readonly F[];
  readonly symptoms: readonly S[];
  /** Findings that only sort the same symptoms, such as pods that wait. */
  readonly sorted: readonly F[];
}

export interface Diagnosis<F extends Found = Found, S extends Showing = Showing> {
  /** What explains most, and worst, first. */
  readonly causes: readonly Cause<F, S>[];
  /** The same for what shows and has no known cause. */
  readonly unexplained: readonly Cause<F, S>[];
  /** Absent = they were not looked for. */
  readonly symptoms?: number | undefined;
}

/** How bad it is that something shows. */
const WEIGHTS: Readonly<Record<SymptomKind, number>> = {
  'node-not-ready': 5,
  'component-down': 4,
  'node-without-route': 3,
  'component-failing': 3,
  'pod-waiting': 2,
  warning: 1,
};

/** Puts the problems of a run in order: causes with what shows because of them, and what has no known cause. */
export function diagnose<F extends Found, S extends Showing>(
  { checks, symptoms }: Examined<F, S>,
  isMuted: (finding: F) => boolean = () => false,
): Diagnosis<F, S> {
  const shown = checks.map(({ area, findings }) => ({
    sorts: area === SORTING,
    findings: findings.filter((finding) => finding.severity === 'problem' && !isMuted(finding)),
  }));
  const all = shown.flatMap(({ findings }) => findings);
  const causes = causesOf(all, symptoms ?? []);
  const sorting = new Set(
    shown.filter(({ sorts }) => sorts).flatMap(({ findings }) => findings.map(({ id }) => id)),
  );
  const placed = putUnder(causes, (cause) => sorting.has(cause.id));
  const known = placed.filter(({ id }) => !isUnexplained(id));
  return {
    causes: [...known].sort((a, b) => weightOf(b) - weightOf(a)),
    unexplained: placed.filter(({ id }) => isUnexplained(id)).sort((a, b) => weightOf(b) - weightOf(a)),
    symptoms: symptoms && placed.reduce((sum, cause) => sum + cause.symptoms.length, 0),
  };
}

/** The area whose checks sort symptoms, where others find causes. */
const SORTING = 'across';

/** Findings that say that no cause is known. */
const isUnexplained = (id: string): boolean =>
  id.startsWith(`${UNEXPLAINED}.`) || id === 'pods-stuck-creating.other';

function causesOf<F extends Found, S extends Showing>(
  all: readonly F[],
  symptoms: readonly S[],
): Cause<F, S>[] {
  const firstId = new Map<string, string>();
  for (const finding of all) {
    const fault = faultOf(finding);
    firstId.set(fault, firstId.get(fault) ?? finding.id);
  }
  return [...groupBy(all, (finding) => firstId.get(faultOf(finding)) ?? finding.id)].map(([id, findings]) => {
    const keys = new Set(findings.map(findingKey));
    const own = symptoms.filter(({ by }) => by !== undefined && keys.has(by));
    return { id, findings, symptoms: own, sorted: [] };
  });
}

/**
 * A finding that only sorts what shows says nothing more where causes account for all of it: it stands under the cause
 * that explains the object it names first.
 */
function putUnder<F extends Found, S extends Showing>(
  causes: readonly Cause<F, S>[],
  sorts: (cause: Cause<F, S>) => boolean,
): readonly Cause<F, S>[] {
  const under = new Map<Cause<F, S>, F[]>();
  const left = causes.filter((cause) => {
    if (!sorts(cause) || cause.symptoms.length > 0) return true;
    const owner = causes.find((other) => !sorts(other) && explainsObjectOf(other, cause));
    if (owner === undefined) return true;
    under.set(owner, [...(under.get(owner) ?? []), ...cause.findings]);
    return false;
  });
  return left.map((cause) => ({ ...cause, sorted: under.get(cause) ?? [] }));
}

const explainsObjectOf = (owner: Cause, { findings }: Cause): boolean =>
  findings.every(({ about }) => owner.symptoms.some((symptom) => nameOf(symptom.about) === nameOf(about)));

const nameOf = ({ kind, namespace, name }: Finding['about']): string => `${kind} ${namespace ?? ''} ${name}`;

/** What shows decides; between causes of which nothing shows yet, how many objects and how much evidence they have. */
const weightOf = ({ symptoms, findings }: Cause): number =>
  symptoms.reduce((sum, { kind }) => sum + WEIGHTS[kind], 0) +
  Math.min(99, findings.length + findings.flatMap(({ evidence }) => evidence).length) / 100;
