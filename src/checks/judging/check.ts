import type { ClusterIdentity } from '../../cluster/identity/identity.js';
import type { ClusterReader, ObjectRef, RbacRule } from '../../cluster/ports.js';
import type { ShownCode } from '../../errors.js';
import type { MendedPart, Proof } from '../advice.js';
import type { CloudOutcome, CloudPart } from './cloud-part.js';
import type { Affected, Evidence, Finding, Severity, SymptomKind } from './finding.js';
import type { NamedPath } from './named-path.js';
import type { Fact, Verdict } from './verdict.js';

export type Area = 'cluster' | 'terway' | 'flannel' | 'kube-proxy' | 'ipv6' | 'across';
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
export type SeenContext<C> = JudgeContext & {
  readonly cloud: C | undefined;
  /** It was asked, whatever came of it: why nothing was seen is said already. */
  readonly cloudAsked: boolean;
};

export interface CheckDefinition<F, M extends Record<string, MessageTemplate>, C> {
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
  gather(reader: ClusterReader, path?: NamedPath): Promise<F>;
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
  /** `path` = two ends that the run is asked about; absent = none. */
  gather(reader: ClusterReader, path?: NamedPath): Promise<unknown>;
  readonly cloud?: CloudPart<unknown, unknown, string> | undefined;
  /** `cloud` = what came of the cloud's side; absent = not connected. */
  judge(facts: unknown, context: JudgeContext, cloud?: CloudOutcome): Verdict;
}
