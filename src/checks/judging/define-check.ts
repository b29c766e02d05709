import type { ClusterIdentity } from '../../cluster/identity/identity.js';
import type { ClusterReader, ObjectRef, RbacRule } from '../../cluster/ports.js';
import type { ShownCode } from '../../errors.js';
import type { MendedPart, Proof } from '../advice.js';
import type { CloudFault, CloudOutcome, CloudPart } from './cloud-part.js';
import { chosenForms } from './message-forms.js';

export type Area = 'cluster' | 'terway' | 'flannel' | 'kube-proxy' | 'ipv6' | 'across';
type Severity = 'problem' | 'advice';
export type Outcome = 'clear' | 'found' | 'unknown' | 'not-applicable';

/** The very field, event or log line a verdict rests on, and where it was read. */
export interface Evidence {
  /** e.g. `ConfigMap kube-system/kube-flannel-cfg, data["cni-conf.json"]`. */
  readonly where: string;
  /** The value as read, already redacted. */
  readonly value: string;
  /** ISO time of the observation, where the source carries one. */
  readonly at?: string | undefined;
}

/** What somebody sees of a fault before its cause is known; the engine gathers them whatever the plugin. */
export const symptomKinds = [
  'node-not-ready',
  'node-without-route',
  'pod-waiting',
  'component-down',
  'warning',
] as const;
export type SymptomKind = (typeof symptomKinds)[number];

/** The objects whose symptoms a finding explains; a node stands for the pods on it too. */
export interface Affected {
  readonly nodes?: readonly string[] | undefined;
  /** `<namespace>/<name>` each. */
  readonly pods?: readonly string[] | undefined;
  /** DaemonSets and Deployments of kube-system, by name: on the nodes named, else everywhere. */
  readonly workloads?: readonly string[] | undefined;
}

export interface Finding {
  /** `<check>.<message>`; remediations name it in `fixes`. */
  readonly id: string;
  readonly check: string;
  readonly severity: Severity;
  /** The template filled in; plain text, not escaped for any surface. */
  readonly message: string;
  readonly data: Readonly<Record<string, string | number>>;
  readonly about: ObjectRef;
  readonly evidence: readonly Evidence[];
  /** The FAQ entry it leads to; absent = the check names none. */
  readonly intent?: string | undefined;
  /** The symptoms it accounts for: these kinds, on these objects; absent = none. */
  readonly explains?: Explains | undefined;
}

interface Explains extends Affected {
  readonly kinds: readonly SymptomKind[];
  /** Absent = it sorts what shows, and advises nothing. */
  readonly mends?: MendedPart | undefined;
  /** Absent = `told`. */
  readonly proof?: Proof | undefined;
  /** Symptoms (`<kind> <name>`) left to a nearer cause, whose advice is another. */
  readonly yields?: readonly string[] | undefined;
}

/** A fact worth showing that is no fault: `{label: 'Pod vSwitches', value: 'vsw-a, vsw-b'}`. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  readonly where?: string | undefined;
}

export interface MessageTemplate {
  readonly severity: Severity;
  /** Placeholders in braces, and forms chosen by a number: `{count} {count:pod has|pods have} no cniVersion.` */
  readonly text: string;
  /** FAQ entry this message leads to, where it is not the first of the check's; null = no entry tells more. */
  readonly intent?: string | null;
  /** A fault that pods meet when they start: a restart brings it into force where running ones do not have it yet. */
  readonly atStart?: true;
  /** Kinds of symptoms that this cause brings about, on the objects named in `affects`, else on what it is about. */
  readonly explains?: readonly SymptomKind[];
  /** What its advice has somebody change; with `explains`, every check that names causes says it. */
  readonly mends?: MendedPart;
  /** Absent = `told`. */
  readonly proof?: Proof;
}

type Slot<S extends string> = S extends `${string}{${infer K}}${infer R}` ? Key<K> | Slot<R> : never;
type Key<K extends string> = K extends `${infer Number}:${string}` ? Number : K;
type DataOf<T extends MessageTemplate> = { readonly [K in Slot<T['text']>]: string | number };

export interface Judgement<M extends Record<string, MessageTemplate>> {
  found<K extends keyof M & string>(
    message: K,
    about: ObjectRef,
    detail: { data: DataOf<M[K]>; evidence: readonly Evidence[]; affects?: Affected },
  ): void;
  fact(fact: Fact): void;
  /**
   * Could not be decided this time: say what was not readable, or which window held no evidence. `only` = the messages
   * it leaves open, where all others are decided all the same.
   */
  unknown(code: ShownCode, detail: string, only?: readonly (keyof M & string)[]): void;
  notApplicable(reason: string): void;
}

/** A fix that ended a while ago, and the findings it was made for. */
export interface Mended {
  /** When its last step ended. */
  readonly at: Date;
  readonly findings: readonly Finding[];
}

export interface JudgeContext {
  readonly now: Date;
  readonly identity: ClusterIdentity;
  /** Evidence at or before this moment is history, not proof (verification after a fix). */
  readonly since?: Date | undefined;
  /** Fixes that ended lately: what they mended may need a moment. */
  readonly mended?: readonly Mended[] | undefined;
}

/** With what the cloud's side saw; undefined = not connected, or not read. */
type SeenContext<C> = JudgeContext & { readonly cloud: C | undefined };

interface CheckDefinition<F, M extends Record<string, MessageTemplate>, C> {
  /** Names the subject examined; also the file's name. */
  readonly id: string;
  readonly title: string;
  readonly area: Area;
  /** FAQ entries it decides, by id. */
  readonly intents: readonly string[];
  /** DaemonSets of kube-system of which it judges what their pods start with; absent = none. */
  readonly judges?: readonly string[];
  /** What it reads: the reader's ClusterRole is generated from this and the tests enforce it. */
  readonly reads: readonly RbacRule[];
  /** Absent = always applies. */
  appliesTo?(identity: ClusterIdentity): Applicability;
  readonly messages: M;
  /** Reads only, no opinion. Cluster errors are left to the engine, which turns them into `unknown`. */
  gather(reader: ClusterReader): Promise<F>;
  /** Absent = Kubernetes tells all that the check is about. */
  readonly cloud?: CloudPart<F, C, keyof M & string>;
  /** Pure and synchronous. */
  judge(facts: F, report: Judgement<M>, context: SeenContext<C>): void;
}

/**
 * `true`, or why the check says nothing about this kind of cluster. `undecided` = which kind it is could not be read: what
 * the check finds stands, and nothing is clear.
 */
export type Applicability =
  | true
  | string
  | { readonly undecided: { readonly code: ShownCode; readonly detail: string } };

/** What the registry and the engine hold: a check with its fact type closed over. */
export interface Check {
  readonly id: string;
  readonly title: string;
  readonly area: Area;
  readonly intents: readonly string[];
  readonly judges: readonly string[];
  readonly reads: readonly RbacRule[];
  readonly messages: Readonly<Record<string, MessageTemplate>>;
  appliesTo(identity: ClusterIdentity): Applicability;
  gather(reader: ClusterReader): Promise<unknown>;
  readonly cloud?: CloudPart<unknown, unknown, string> | undefined;
  /** `cloud` = what came of the cloud's side; absent = not connected. */
  judge(facts: unknown, context: JudgeContext, cloud?: CloudOutcome): Verdict;
}

export interface Verdict {
  readonly outcome: Outcome;
  readonly findings: readonly Finding[];
  readonly facts: readonly Fact[];
  /** `only` = the ids of the findings left open, where all others are decided. */
  readonly unknown?:
    | { readonly code: ShownCode; readonly detail: string; readonly only?: readonly string[] }
    | undefined;
  readonly reason?: string | undefined;
  /** The cloud's side was read, whatever came of it; absent = it was not. */
  readonly cloudSeen?: true | undefined;
}

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
    gather: (reader) => definition.gather(reader),
    cloud: cloud && { ...cloud, gather: (reader, facts) => cloud.gather(reader, facts as F) },
    judge: (facts, context, outcome) => ({
      ...collect(definition, facts as F, {
        context: { ...context, cloud: outcome && 'seen' in outcome ? (outcome.seen as C) : undefined },
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
    ...(unknowns.every((entry) => entry.only !== undefined) && { only }),
  };

  if (findings.some((f) => f.severity === 'problem')) return { outcome: 'found', unknown };
  if (unknown) return { outcome: 'unknown', unknown };
  if (reason !== undefined) return { outcome: 'not-applicable', reason };
  return { outcome: 'clear' };
}

function fill(text: string, data: Readonly<Record<string, string | number>>): string {
  return chosenForms(text, data).replace(/\{(\w+)\}/g, (slot, key: string) => String(data[key] ?? slot));
}
