import { at, flag, list, number, text, texts } from '../fields.js';
import type { Json, JsonObject, Resource } from '../ports.js';
import { nameOf, namespaceOf } from './metadata.js';

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
  /** Only `k8s.aliyun.com/…`. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly owner?: { readonly kind: string; readonly name: string } | undefined;
  readonly hostPorts: readonly number[];
  /** Message of a `PodScheduled=False` condition. */
  readonly unschedulable?: string | undefined;
  readonly emptyDir: boolean;
  readonly mirror: boolean;
  /** Kept for kube-system alone: the components' versions and states. */
  readonly containers: readonly ContainerView[];
}

export const pods: Resource<PodView> = {
  group: '',
  version: 'v1',
  plural: 'pods',
  kind: 'Pod',
  namespaced: true,
  project: (raw) => ({
    namespace: namespaceOf(raw),
    name: nameOf(raw),
    uid: text(raw, 'metadata', 'uid') ?? '',
    node: text(raw, 'spec', 'nodeName'),
    phase: text(raw, 'status', 'phase') ?? '',
    ready: list(raw, 'status', 'conditions').some(
      (c) => text(c, 'type') === 'Ready' && text(c, 'status') === 'True',
    ),
    hostNetwork: flag(raw, 'spec', 'hostNetwork') === true,
    ips: podIps(raw),
    createdAt: text(raw, 'metadata', 'creationTimestamp'),
    startedAt: text(raw, 'status', 'startTime'),
    deleting: text(raw, 'metadata', 'deletionTimestamp') !== undefined,
    labels: texts(raw, 'metadata', 'labels'),
    annotations: aliyunAnnotations(raw),
    owner: ownerOf(raw),
    hostPorts: hostPorts(raw),
    unschedulable: list(raw, 'status', 'conditions')
      .filter((c) => text(c, 'type') === 'PodScheduled' && text(c, 'status') === 'False')
      .map((c) => text(c, 'message') ?? '')[0],
    emptyDir: list(raw, 'spec', 'volumes').some((volume) => at(volume, 'emptyDir') !== undefined),
    mirror: text(raw, 'metadata', 'annotations', 'kubernetes.io/config.mirror') !== undefined,
    containers: namespaceOf(raw) === 'kube-system' ? containers(raw) : [],
  }),
};

function podIps(raw: JsonObject): readonly string[] {
  const several = list(raw, 'status', 'podIPs').flatMap((entry) => text(entry, 'ip') ?? []);
  const single = text(raw, 'status', 'podIP');
  return several.length > 0 || single === undefined ? several : [single];
}

function aliyunAnnotations(raw: JsonObject): Readonly<Record<string, string>> {
  const kept = Object.entries(texts(raw, 'metadata', 'annotations')).filter(([key]) =>
    key.startsWith('k8s.aliyun.com/'),
  );
  return Object.fromEntries(kept);
}

function ownerOf(raw: JsonObject): PodView['owner'] {
  const owners = list(raw, 'metadata', 'ownerReferences');
  const owner = owners.find((entry) => flag(entry, 'controller')) ?? owners[0];
  return owner === undefined
    ? undefined
    : { kind: text(owner, 'kind') ?? '', name: text(owner, 'name') ?? '' };
}

function hostPorts(raw: JsonObject): readonly number[] {
  return [...list(raw, 'spec', 'containers'), ...list(raw, 'spec', 'initContainers')]
    .flatMap((container) => list(container, 'ports'))
    .flatMap((port) => number(port, 'hostPort') ?? []);
}

function containers(raw: JsonObject): readonly ContainerView[] {
  return [
    ...list(raw, 'spec', 'initContainers').map((spec) => container(spec, raw, true)),
    ...list(raw, 'spec', 'containers').map((spec) => container(spec, raw, false)),
  ];
}

function container(spec: Json, raw: JsonObject, init: boolean): ContainerView {
  const name = text(spec, 'name') ?? '';
  const statuses = list(raw, 'status', init ? 'initContainerStatuses' : 'containerStatuses');
  const status = statuses.find((entry) => text(entry, 'name') === name);
  const state = at(status, 'state', 'waiting') ?? at(status, 'state', 'terminated');
  return {
    name,
    image: text(spec, 'image') ?? '',
    init,
    ready: flag(status, 'ready') === true,
    restarts: number(status, 'restartCount') ?? 0,
    reason: text(state, 'reason'),
    message: text(state, 'message'),
    startedAt: text(status, 'state', 'running', 'startedAt'),
  };
}
