import type {
  V1Container,
  V1ContainerStateTerminated,
  V1ObjectMeta,
  V1Pod,
  V1PodCondition,
  V1PodSpec,
  V1PodStatus,
} from '@kubernetes/client-node';
import { flag, isObject, list, number, text, texts } from '../fields.js';
import type { Resource } from '../ports.js';
import type { Wire } from '../wire.js';
import { type OwnerView, ownerOf } from './metadata.js';
import { resourceOf } from './resource-of.js';

/** How a container's last finished run ended. */
interface EndedRun {
  readonly reason?: string | undefined;
  readonly exitCode?: number | undefined;
  /** What the container left as its termination message; mostly absent. */
  readonly message?: string | undefined;
  readonly at?: string | undefined;
}

export interface ContainerView {
  readonly name: string;
  readonly image: string;
  readonly init: boolean;
  readonly ready: boolean;
  readonly restarts: number;
  /** Reason of a waiting or terminated state, e.g. `CrashLoopBackOff`. */
  readonly reason?: string | undefined;
  readonly message?: string | undefined;
  readonly startedAt?: string | undefined;
  /** Of a container that is finished, or that ran before and was started again. */
  readonly ended?: EndedRun | undefined;
}

export interface PodView {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly node?: string | undefined;
  readonly phase: string;
  readonly ready: boolean;
  readonly hostNetwork: boolean;
  readonly ips: readonly string[];
  readonly createdAt?: string | undefined;
  readonly startedAt?: string | undefined;
  readonly deleting: boolean;
  readonly labels: Readonly<Record<string, string>>;
  /** Only `k8s.aliyun.com/…`, without those that repeat the status. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly owner?: OwnerView | undefined;
  readonly hostPorts: readonly number[];
  /** Message of a `PodScheduled=False` condition. */
  readonly unschedulable?: string | undefined;
  readonly emptyDir: boolean;
  readonly mirror: boolean;
  /** Why the kubelet ended it as a whole, e.g. `Evicted: The node was low on resource: memory.`; components' alone. */
  readonly endedOver?: string | undefined;
  /** Kept for the components' namespaces alone: their versions and states. */
  readonly containers: readonly ContainerView[];
}

/** Namespaces that the network's own components live in: ACK's, and those of their makers' manifests. */
export const componentNamespaces: readonly string[] = ['kube-system', 'kube-flannel', 'calico-system'];
export const isOfComponents = (namespace: string): boolean => componentNamespaces.includes(namespace);

export const pods: Resource<PodView> = resourceOf<V1Pod, PodView>(
  {
    group: '',
    version: 'v1',
    plural: 'pods',
    kind: 'Pod',
    namespaced: true,
  },
  (raw) => {
    const { metadata, spec, status } = raw;
    const conditions = list(status?.conditions);
    const namespace = text(metadata?.namespace) ?? '';
    const createdAt = text(metadata?.creationTimestamp);
    const startedAt = text(status?.startTime);
    return {
      namespace,
      name: text(metadata?.name) ?? '',
      uid: text(metadata?.uid) ?? '',
      node: text(spec?.nodeName),
      phase: text(status?.phase) ?? '',
      ready: conditions.some((c) => text(c?.type) === 'Ready' && text(c?.status) === 'True'),
      hostNetwork: flag(spec?.hostNetwork) === true,
      ips: podIps(status),
      createdAt,
      // Mostly the same second: one text is kept then.
      startedAt: startedAt === createdAt ? createdAt : startedAt,
      deleting: text(metadata?.deletionTimestamp) !== undefined,
      labels: texts(metadata?.labels),
      annotations: aliyunAnnotations(metadata),
      owner: ownerOf(metadata),
      hostPorts: hostPorts(spec),
      unschedulable: unschedulable(conditions),
      emptyDir: list(spec?.volumes).some((volume) => volume?.emptyDir !== undefined),
      mirror: text(metadata?.annotations?.['kubernetes.io/config.mirror']) !== undefined,
      endedOver: isOfComponents(namespace) ? endedOver(status) : undefined,
      containers: isOfComponents(namespace) ? containers(spec, status) : NONE,
    };
  },
);

type Maybe<T> = Wire<T> | null | undefined;

/** One for all pods that have none: there are many of them. */
const NONE: readonly never[] = [];
const NO_ANNOTATIONS: Readonly<Record<string, string>> = {};

/** At most one of each family. Written out, as `flatMap` would leave room for many more in each list. */
function podIps(status: Maybe<V1PodStatus>): readonly string[] {
  const [first, second] = list(status?.podIPs);
  const ip = text(first?.ip) ?? text(status?.podIP);
  const other = text(second?.ip);
  if (ip === undefined) return NONE;
  return other === undefined ? [ip] : [ip, other];
}

/** What Terway writes about each pod, and the status says as well. */
const repeated = new Set(['k8s.aliyun.com/pod-ips', 'k8s.aliyun.com/pod-uid']);

function aliyunAnnotations(metadata: Maybe<V1ObjectMeta>): Readonly<Record<string, string>> {
  let kept: Record<string, string> | undefined;
  for (const [key, value] of Object.entries(metadata?.annotations ?? {})) {
    if (!key.startsWith('k8s.aliyun.com/') || repeated.has(key) || typeof value !== 'string') continue;
    kept ??= {};
    kept[key] = value;
  }
  return kept ?? NO_ANNOTATIONS;
}

function hostPorts(spec: Maybe<V1PodSpec>): readonly number[] {
  let found: number[] | undefined;
  for (const key of ['containers', 'initContainers'] as const)
    for (const container of list(spec?.[key]))
      for (const entry of list(container?.ports)) {
        const port = number(entry?.hostPort);
        if (port !== undefined) found = [...(found ?? []), port];
      }
  return found ?? NONE;
}

function unschedulable(conditions: readonly Maybe<V1PodCondition>[]): string | undefined {
  const refused = conditions.find((c) => text(c?.type) === 'PodScheduled' && text(c?.status) === 'False');
  return refused === undefined ? undefined : (text(refused?.message) ?? '');
}

function endedOver(status: Maybe<V1PodStatus>): string | undefined {
  const said = [text(status?.reason), text(status?.message)].filter(Boolean);
  return text(status?.phase) === 'Failed' && said.length > 0 ? said.join(': ') : undefined;
}

function containers(spec: Maybe<V1PodSpec>, status: Maybe<V1PodStatus>): readonly ContainerView[] {
  return [
    ...list(spec?.initContainers).map((entry) => container(entry, status, true)),
    ...list(spec?.containers).map((entry) => container(entry, status, false)),
  ];
}

function container(spec: Maybe<V1Container>, status: Maybe<V1PodStatus>, init: boolean): ContainerView {
  const name = text(spec?.name) ?? '';
  const statuses = list(status?.[init ? 'initContainerStatuses' : 'containerStatuses']);
  const own = statuses.find((entry) => text(entry?.name) === name);
  const state = own?.state?.waiting ?? own?.state?.terminated;
  return {
    name,
    image: text(spec?.image) ?? '',
    init,
    ready: flag(own?.ready) === true,
    restarts: number(own?.restartCount) ?? 0,
    reason: text(state?.reason),
    message: (text(state?.message) ?? '') || undefined,
    startedAt: text(own?.state?.running?.startedAt),
    ended: endedRun(own?.state?.terminated ?? own?.lastState?.terminated),
  };
}

function endedRun(terminated: Maybe<V1ContainerStateTerminated>): EndedRun | undefined {
  if (!isObject(terminated)) return undefined;
  return {
    reason: text(terminated.reason),
    exitCode: number(terminated.exitCode),
    message: (text(terminated.message) ?? '') || undefined,
    at: text(terminated.finishedAt),
  };
}
