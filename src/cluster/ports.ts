/** A decoded JSON value from outside; narrow it before use. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** Names one Kubernetes object in messages, evidence, plans and audit records. */
export interface ObjectRef {
  readonly kind: string;
  readonly namespace?: string | undefined;
  readonly name: string;
}

/**
 * A kind of object and the narrow view acknet keeps of it. `project` must accept any JSON: missing and
 * wrongly typed fields become absent ones, never a throw, and secrets never survive it.
 */
export interface Resource<V> {
  /** '' for the core group. */
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
  readonly namespaced: boolean;
  /**
   * The Kubernetes release that brought it, where its API is older than the kind: then only what a server lists of the API
   * tells whether it has the kind.
   */
  readonly since?: string | undefined;
  project(raw: JsonObject): V;
  /**
   * Changes the JSON text of listed objects before it is parsed: for kinds that use addresses and the like as keys, each
   * of which V8 would remember as a shape of its own. `project` must read the changed form as it reads the original.
   */
  readonly rewrite?: (text: string) => string;
}

export interface ListScope {
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
}

export interface PodLogRequest {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly tailLines?: number | undefined;
  readonly limitBytes: number;
  /** ISO time; only lines after it. */
  readonly sinceTime?: string | undefined;
  readonly previous?: boolean | undefined;
  /** Puts each line's ISO time and a blank before it. */
  readonly timestamps?: boolean | undefined;
}

export interface ServerVersion {
  readonly major: number;
  readonly minor: number;
  readonly gitVersion: string;
}

/**
 * Reads one cluster with the reader's credential. Has no way to write. Every method throws AcknetError with a
 * `cluster.*` code: `forbidden`, `not-found` (this object does not exist, or the server does not serve its API),
 * `malformed` (not an answer to what was asked), `unreachable`, `timed-out`, `failed`, …
 */
export interface ClusterReader {
  readonly cluster: string;
  /** Follows `continue` to the end, projecting page by page; starts over once after 410. */
  list<V>(resource: Resource<V>, scope?: ListScope): Promise<readonly V[]>;
  get<V>(resource: Resource<V>, at: { namespace?: string | undefined; name: string }): Promise<V>;
  podLog(request: PodLogRequest): Promise<string>;
  serverVersion(): Promise<ServerVersion>;
  /** The server's time, as its answers so far told it, right to some two seconds; undefined before the first. */
  serverNow(): Date | undefined;
}

export interface PatchOperation {
  readonly op: 'add' | 'remove' | 'replace' | 'test';
  /** JSON Pointer. */
  readonly path: string;
  readonly value?: Json;
}

export interface WriteOptions {
  /** Sends `dryRun=All`: the server validates and admits, and stores nothing. */
  readonly dryRun: boolean;
}

/** Objects that acknet can change; the writer maps each kind to its API path. */
export type WritableKind = 'ConfigMap' | 'Node' | 'Service' | 'DaemonSet';

/** Writes with the fixer's credential. Held by engine/apply-plan alone (and its dry run). */
export interface ClusterWriter {
  readonly cluster: string;
  /** JSON Patch. A failed `test` throws `cluster.conflict`. */
  patch(
    target: ObjectRef & { kind: WritableKind },
    operations: readonly PatchOperation[],
    options: WriteOptions,
  ): Promise<void>;
  /** Deletes this very pod (uid precondition); a different uid throws `cluster.conflict`. */
  deletePod(pod: { namespace: string; name: string; uid: string }, options: WriteOptions): Promise<void>;
  /** policy/v1 Eviction with a uid precondition; a PodDisruptionBudget in the way throws `cluster.rejected`. */
  evictPod(pod: { namespace: string; name: string; uid: string }, options: WriteOptions): Promise<void>;
}

export interface ResourceAccess {
  readonly group: string;
  readonly resource: string;
  readonly verb: string;
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
  readonly subresource?: string | undefined;
}

/**
 * When a credential itself says that it ends: its token's `exp`, its certificate's last day; undefined = it does not say.
 * One that is obtained anew whenever it ends (of a plugin, of the pod's service account) has no end to prepare for.
 */
export type CredentialEnd = Date | 'renewed-by-itself' | undefined;

/** One configured cluster. Calls made through a reader or writer end when `signal` aborts. */
export interface ClusterAccess {
  readonly name: string;
  reader(signal: AbortSignal): ClusterReader;
  /** Throws `cluster.no-fixer` where the configuration names no fixer credential. */
  writer(signal: AbortSignal): ClusterWriter;
  credentialEnds(who: 'reader' | 'fixer'): Promise<CredentialEnd>;
  /** SelfSubjectAccessReview with the reader's or the fixer's credential. */
  may(who: 'reader' | 'fixer', access: ResourceAccess, signal: AbortSignal): Promise<boolean>;
}

export interface Clusters {
  readonly names: readonly string[];
  /** Throws `cluster.unknown`; its hint names the nearest configured cluster. */
  get(name: string): ClusterAccess;
}

/** One RBAC rule that a check's reads or a remediation's writes need; `acknet rbac` prints them. */
export interface RbacRule {
  readonly group: string;
  /** e.g. `configmaps`, `pods/log`. */
  readonly resource: string;
  readonly verbs: readonly ('get' | 'list' | 'watch' | 'patch' | 'delete' | 'create')[];
  /** Absent = cluster-wide. */
  readonly namespace?: string | undefined;
  readonly names?: readonly string[] | undefined;
}

/** Told of each request to an API server as it ends; `status` undefined = no answer came. */
export type OnRequest = (
  cluster: string,
  request: { readonly method: string; readonly path: string },
  status: number | undefined,
) => void;
