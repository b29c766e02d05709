import type { ObjectRef } from '../../cluster/ports.js';
import type { MendedPart, Proof } from '../advice.js';

export type Severity = 'problem' | 'advice';
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
  'component-failing',
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

export interface Explains extends Affected {
  readonly kinds: readonly SymptomKind[];
  /** Absent = it sorts what shows, and advises nothing. */
  readonly mends?: MendedPart | undefined;
  /** Absent = `told`. */
  readonly proof?: Proof | undefined;
  /** Symptoms (`<kind> <name>`) left to a nearer cause, whose advice is another. */
  readonly yields?: readonly string[] | undefined;
}
