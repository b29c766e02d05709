import type { Fact, Finding, Verdict } from '../../checks/judging/define-check.js';
import { concerns, type RunScope } from '../checking/run-scope.js';
import type { Elsewhere } from './elsewhere.js';

interface Seen {
  /** Of the whole cluster: what is true of it. */
  readonly whole: Verdict;
  /** Of what the scope names alone: how much of it is there, in its own names and counts. */
  readonly narrow: Verdict;
  /** Ids of findings that only the cloud brings: it is compared with what the cluster has, and a part lacks most of that. */
  readonly ofCloud?: ReadonlySet<string> | undefined;
}

/**
 * What a check says of a part of the cluster. A finding stands where it holds for the whole, and is told as it looks
 * from the part; one of the part alone may come from what it does not see. What names nothing elsewhere is everybody's.
 */
export function narrowVerdict(seen: Seen, scope: RunScope, elsewhere: Elsewhere): Verdict {
  const { whole, narrow } = seen;
  const findings = narrowFindings(seen, scope, elsewhere);
  const facts = narrowFacts(seen, elsewhere);
  const { cloudSeen } = whole;
  if (whole.outcome === 'not-applicable') return { ...whole, facts };
  const wasFound = whole.outcome === 'found';
  const unknown = whole.unknown !== undefined || wasFound ? narrow.unknown : undefined;
  if (findings.some(({ severity }) => severity === 'problem'))
    return { outcome: 'found', findings, facts, unknown, cloudSeen };
  return { outcome: unknown === undefined ? 'clear' : 'unknown', findings, facts, unknown, cloudSeen };
}

function narrowFindings(seen: Seen, scope: RunScope, elsewhere: Elsewhere): readonly Finding[] {
  const { whole, narrow } = seen;
  const own = narrow.findings.filter((finding) => holds(finding, seen) && concerns(scope, finding.about));
  const everybodys = whole.findings.filter(
    (finding) =>
      concerns(scope, finding.about) &&
      !own.some((narrowed) => isSame(narrowed, finding)) &&
      !textsOf(finding).some(elsewhere.names),
  );
  return [...own, ...everybodys];
}

/** What the cloud says of the account as a whole (its ENIs) has no part. */
function holds({ id, severity, about }: Finding, { whole, ofCloud }: Seen): boolean {
  const known = whole.findings.some((finding) => finding.id === id);
  return ofCloud?.has(id) ? known && about.kind !== 'Cluster' : known || severity === 'advice';
}

/** Of several pods or nodes the part may see another one first. */
const isSame = (narrowed: Finding, { id, about }: Finding): boolean =>
  narrowed.id === id &&
  (['Cluster', 'Node', 'Pod'].includes(about.kind) ||
    (narrowed.about.kind === about.kind && narrowed.about.name === about.name));

const textsOf = ({ message, about, evidence }: Finding): readonly string[] => [
  message,
  about.name,
  ...evidence.flatMap(({ where, value }) => [where, value]),
];

/** Terway's objects list the pods of every namespace: what the part still tells of those is left out. */
function narrowFacts({ whole, narrow }: Seen, elsewhere: Elsewhere): readonly Fact[] {
  const isOwn = ({ value, where }: Fact): boolean => !elsewhere.names(value) && !elsewhere.names(where ?? '');
  return whole.facts.flatMap((fact) =>
    isOwn(fact) ? [fact] : narrow.facts.filter((own) => own.label === fact.label && isOwn(own)),
  );
}
