import type { CheckResult, CheckRun } from '../../src/engine/checking/check-run.js';
import { findingKey } from '../../src/engine/checking/finding-key.js';

type Finding = CheckResult['findings'][number];

export const sampleFinding = (fields: Partial<Finding> & Pick<Finding, 'id'>): Finding => ({
  check: fields.id.split('.')[0] ?? '',
  severity: 'problem',
  message: `What ${fields.id} says, in a sentence. And in another.`,
  data: {},
  about: { kind: 'Node', name: 'cn-hangzhou.192.168.0.81' },
  evidence: [
    { where: 'Node cn-hangzhou.192.168.0.81, condition Ready=False', value: 'cni config uninitialized' },
  ],
  ...fields,
});

const resultOf = (finding: Finding, others: readonly Finding[]): CheckResult => ({
  id: finding.check,
  title: `Title of ${finding.check}`,
  area: finding.check === 'unexplained' ? 'across' : 'flannel',
  intents: [finding.check],
  outcome: 'found',
  findings: [finding, ...others],
  facts: [],
});

interface Sample {
  readonly cluster?: string;
  /** One check a finding. */
  readonly findings?: readonly Finding[];
  /** Symptoms that each finding explains, by its place. */
  readonly symptoms?: readonly number[];
  readonly checks?: readonly CheckResult[];
}

/** A run with these findings, and with so many nodes that are not Ready because of each. */
export function sampleRun({
  cluster = 'cluster-x',
  findings = [],
  symptoms,
  checks = [],
}: Sample = {}): CheckRun {
  return {
    schema: 1,
    cluster,
    startedAt: '2026-11-24T03:00:00Z',
    durationMs: 3210,
    identity: { plugin: { known: true, name: 'flannel' }, flavor: 'managed', dualStack: false },
    checks: [...findings.map((finding) => resultOf(finding, [])), ...checks],
    symptoms: symptoms?.flatMap((count, place) =>
      Array.from({ length: count }, (_, n) => ({
        kind: n % 3 === 2 ? ('pod-waiting' as const) : ('node-not-ready' as const),
        about: { kind: n % 3 === 2 ? 'Pod' : 'Node', name: `cn-hangzhou.192.168.${place}.${n}` },
        words: 'network plugin is not ready: cni config uninitialized',
        by: findingKey(findings[place] ?? sampleFinding({ id: 'none.none' })),
      })),
    ),
  };
}

export const sampleClear = (id: string): CheckResult => ({
  ...{
    id,
    title: `Title of ${id}`,
    area: 'flannel',
    intents: [id],
    outcome: 'clear',
    findings: [],
    facts: [],
  },
});
