import type { ShownCode } from '../../errors.js';
import type { ObjectRef } from '../../cluster/ports.js';
import type { Check, CheckDefinition, MessageTemplate, SeenContext } from './check.js';
import type { CloudFault } from './cloud-part.js';
import type { Affected, Finding } from './finding.js';
import { chosenForms } from './message-forms.js';
import type { Fact, Verdict } from './verdict.js';

// Whoever writes a check finds its words here.
export type {
  Applicability,
  Area,
  Check,
  JudgeContext,
  Judgement,
  Mended,
  MessageTemplate,
} from './check.js';
export {
  type Affected,
  type Evidence,
  type Explains,
  type Finding,
  type SymptomKind,
  symptomKinds,
} from './finding.js';
export type { Fact, Outcome, Verdict } from './verdict.js';

export function defineCheck<F, const M extends Record<string, MessageTemplate>, C = undefined>(
  definition: CheckDefinition<F, M, C>,
): Check & { readonly definition: CheckDefinition<F, M, C> } {
  const { cloud } = definition;
  return {
    id: definition.id,
    title: definition.title,
    area: definition.area,
    intents: definition.intents,
    judges: definition.judges ?? [],
    reads: definition.reads,
    messages: definition.messages,
    definition,
    appliesTo: (identity) => definition.appliesTo?.(identity) ?? true,
    gather: (reader, path) => definition.gather(reader, path),
    cloud: cloud && {
      ...cloud,
      asks: (facts) => cloud.asks?.(facts as F) ?? true,
      gather: (reader, facts) => cloud.gather(reader, facts as F),
    },
    judge: (facts, context, outcome) => ({
      ...collect(definition, facts as F, {
        context: {
          ...context,
          cloud: outcome && 'seen' in outcome ? (outcome.seen as C) : undefined,
          cloudAsked: outcome !== undefined,
        },
        fault: outcome && 'fault' in outcome ? outcome.fault : undefined,
      }),
      cloudSeen: outcome && 'seen' in outcome ? true : undefined,
    }),
  };
}

function collect<F, M extends Record<string, MessageTemplate>, C>(
  definition: CheckDefinition<F, M, C>,
  facts: F,
  { context, fault }: { readonly context: SeenContext<C>; readonly fault: CloudFault | undefined },
): Verdict {
  const findings: Finding[] = [];
  const shown: Fact[] = [];
  const unknowns: Unknown[] = [];
  let reason: string | undefined;

  definition.judge(
    facts,
    {
      found: (message, about, { data, evidence, affects }) => {
        const template = definition.messages[message] as MessageTemplate;
        findings.push({
          id: `${definition.id}.${message}`,
          check: definition.id,
          severity: template.severity,
          message: fill(template.text, data),
          data,
          about,
          evidence,
          intent: template.intent === undefined ? definition.intents[0] : (template.intent ?? undefined),
          explains: template.explains && {
            kinds: template.explains,
            mends: template.mends,
            proof: template.proof,
            ...(affects ?? affectedBy(about)),
          },
        });
      },
      fact: (fact) => void shown.push(fact),
      unknown: (code, detail, only) =>
        void unknowns.push({ code, detail, only: only?.map((message) => `${definition.id}.${message}`) }),
      notApplicable: (why) => {
        reason = why;
      },
    },
    context,
  );
  if (fault !== undefined) unknowns.push(unseen(definition, fault));

  return { ...verdictOf(findings, unknowns, reason), findings, facts: shown };
}

function affectedBy({ kind, namespace, name }: ObjectRef): Affected {
  if (kind === 'Node') return { nodes: [name] };
  // kube-proxy's ConfigMap bears the name of its DaemonSet.
  if (kind === 'DaemonSet' || kind === 'ConfigMap') return { workloads: [name] };
  return kind === 'Pod' ? { pods: [`${namespace}/${name}`] } : {};
}

/** The Kubernetes part of the verdict stands; what only the cloud decides is left open, and why is said. */
const unseen = <F, M extends Record<string, MessageTemplate>, C>(
  { id, cloud }: CheckDefinition<F, M, C>,
  { code, detail }: CloudFault,
): Unknown => ({
  code,
  detail: `The cloud’s side was not read. ${detail}`,
  only: (cloud?.decides ?? []).map((message) => `${id}.${message}`),
});

interface Unknown {
  readonly code: ShownCode;
  readonly detail: string;
  /** Ids of the findings it leaves open; absent = any. */
  readonly only: readonly string[] | undefined;
}

function verdictOf(
  findings: readonly Finding[],
  unknowns: readonly Unknown[],
  reason: string | undefined,
): Pick<Verdict, 'outcome' | 'unknown' | 'reason'> {
  const first = unknowns[0];
  const only = unknowns.flatMap((entry) => entry.only ?? []);
  const unknown = first && {
    code: first.code,
    detail: unknowns.map((u) => u.detail).join('; '),
    only: unknowns.every((entry) => entry.only !== undefined) ? only : undefined,
  };

  if (findings.some((f) => f.severity === 'problem')) return { outcome: 'found', unknown };
  if (unknown) return { outcome: 'unknown', unknown };
  if (reason !== undefined) return { outcome: 'not-applicable', reason };
  return { outcome: 'clear' };
}

function fill(text: string, data: Readonly<Record<string, string | number>>): string {
  return chosenForms(text, data).replace(/\{(\w+)\}/g, (slot, key: string) => String(data[key] ?? slot));
}
