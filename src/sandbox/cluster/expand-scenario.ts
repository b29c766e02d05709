import type { JsonObject } from '../../cluster/ports.js';
import { relativeTime, type Scenario } from './scenario.js';

type Pool = Scenario['pools'][number];
type DaemonSet = Scenario['daemonSets'][number];
type Workload = Scenario['workloads'][number];

export interface Expansion {
  readonly scenario: Scenario;
  readonly now: Date;
  readonly nextId: () => string;
}

/** Every object of a scenario, realistic in names, labels and status; pods last. */
export function expandScenario(expansion: Expansion): readonly JsonObject[] {
  const { scenario, now } = expansion;
  const nodes = nodesOf(expansion);
  return [
    ...['default', 'kube-system'].map((name) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
      status: { phase: 'Active' },
    })),
    ...nodes,
    ...scenario.configMaps.map(({ name, namespace, labels, data }) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace, labels, creationTimestamp: relativeTime('-200d', now) },
      data,
    })),
    ...scenario.objects,
    ...scenario.daemonSets.map((set) => daemonSet(set, now)),
    ...scenario.events.map((event, index) => eventObject(event, index, now)),
    ...scenario.daemonSets.flatMap((set) =>
      nodes.filter((node) => selected(set, node)).map((node) => daemonPod(set, node, expansion)),
    ),
    ...scenario.workloads.flatMap((workload) => workloadPods(workload, nodes, expansion)),
  ];
}

export const nameOf = (object: JsonObject): string => String((object.metadata as JsonObject).name);

const selected = (set: DaemonSet, node: JsonObject): boolean => {
  const labels = (node.metadata as { labels: Record<string, string> }).labels;
  return Object.entries(set.nodeSelector).every(([key, value]) => labels[key] === value);
};

function nodesOf({ scenario, now }: Expansion): JsonObject[] {
  let index = 0;
  return scenario.pools.flatMap((pool) =>
    Array.from({ length: pool.count }, () => {
      index += 1;
      return nodeObject(pool, index, { scenario, now });
    }),
  );
}

function nodeObject(
  pool: Pool,
  index: number,
  { scenario, now }: { scenario: Scenario; now: Date },
): JsonObject {
  const name = pool.nodeName.replaceAll('{n}', String(index));
  const instance = `i-bp1${String(index).padStart(17, '0')}`;
  const podCIDR = pool.podNetwork === undefined ? undefined : `${pool.podNetwork}.${(index - 1) * 64}/26`;
  const address = /(\d+\.\d+\.\d+\.\d+)$/.exec(name)?.[1] ?? `192.168.0.${index}`;
  const ready = {
    type: 'Ready',
    status: 'True',
    reason: 'KubeletReady',
    message: 'kubelet is posting ready status',
    since: '-30d',
  };
  const conditions = [...(pool.nodeConditions[name] ?? []), ...pool.conditions, ready];
  const distinct = conditions.filter(
    (entry, at) => conditions.findIndex(({ type }) => type === entry.type) === at,
  );
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      creationTimestamp: relativeTime(pool.created, now),
      labels: {
        'ack.aliyun.com': scenario.clusterId,
        'alibabacloud.com/nodepool-id': pool.name,
        'alibabacloud.com/ecs-instance-id': instance,
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'node.kubernetes.io/instance-type': pool.instanceType,
        'topology.kubernetes.io/region': scenario.region,
        'topology.kubernetes.io/zone': pool.zone,
        ...pool.labels,
      },
      annotations: pool.annotations,
    },
    spec: {
      providerID: `${scenario.region}.${instance}`,
      ...(podCIDR !== undefined && { podCIDR, podCIDRs: [podCIDR] }),
      ...(pool.unschedulable && { unschedulable: true }),
      taints: pool.taints,
    },
    status: {
      addresses: [
        { type: 'InternalIP', address },
        { type: 'Hostname', address: name },
      ],
      capacity: { cpu: pool.cpu, pods: pool.maxPods },
      allocatable: { cpu: pool.cpu, pods: pool.maxPods, ...pool.allocatable },
      conditions: distinct.map(({ since, ...condition }) => ({
        ...condition,
        lastHeartbeatTime: relativeTime('-20s', now),
        lastTransitionTime: relativeTime(since, now),
      })),
      nodeInfo: {
        kubeletVersion: scenario.kubernetes,
        containerRuntimeVersion: pool.runtime,
        kernelVersion: pool.kernel,
        osImage: 'Alibaba Cloud Linux 3',
        bootID: `6b1c3f0e-0000-4000-8000-${String(index).padStart(12, '0')}`,
      },
    },
  };
}

function daemonSet(set: DaemonSet, now: Date): JsonObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: {
      name: set.name,
      namespace: set.namespace,
      labels: set.labels,
      generation: 1,
      creationTimestamp: relativeTime('-200d', now),
    },
    spec: {
      selector: { matchLabels: set.labels },
      updateStrategy: { type: set.updateStrategy },
      template: {
        metadata: { labels: set.labels },
        spec: {
          hostNetwork: true,
          containers: set.containers,
          initContainers: set.initContainers,
          nodeSelector: set.nodeSelector,
        },
      },
    },
    status: { observedGeneration: 1 },
  };
}

/** A started pod of a DaemonSet; `daemonSetPod` also builds the ones that replace it. */
function daemonPod(set: DaemonSet, node: JsonObject, { now, nextId }: Expansion): JsonObject {
  const raw = daemonSet(set, now);
  return startedPod(
    daemonSetPod(raw, nameOf(node), nextId()),
    relativeTime(set.started, now),
    nodeAddress(node),
  );
}

const SUFFIX = 'bcdfghjklmnpqrstvwxz2456789';

/** Five letters as Kubernetes appends them, from an id. */
export function podSuffix(id: string): string {
  const bytes = Buffer.from(id.replaceAll('-', '').padEnd(10, '7'), 'hex');
  return [...bytes.subarray(-5)].map((byte) => SUFFIX[byte % SUFFIX.length]).join('');
}

export function daemonSetPod(set: JsonObject, node: string, uid: string): JsonObject {
  const { name, namespace, labels } = set.metadata as {
    name: string;
    namespace: string;
    labels: Record<string, string>;
  };
  const spec = set.spec as { template: { spec: JsonObject } };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${name}-${podSuffix(uid)}`,
      namespace,
      uid,
      labels: { ...labels, 'controller-revision-hash': revisionOf(set), 'pod-template-generation': '1' },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'DaemonSet',
          name,
          uid: String((set.metadata as JsonObject).uid ?? ''),
          controller: true,
        },
      ],
    },
    spec: { ...spec.template.spec, nodeName: node },
    status: { phase: 'Pending' },
  };
}

/** Changes with the template, as the controller's own hash does. */
export function revisionOf(set: JsonObject): string {
  const template = JSON.stringify((set.spec as JsonObject).template);
  let hash = 5381;
  for (const letter of template) hash = (hash * 33 + letter.charCodeAt(0)) >>> 0;
  return hash.toString(16);
}

export function startedPod(pod: JsonObject, startedAt: string, ip: string | undefined): JsonObject {
  const { containers = [], initContainers = [] } = pod.spec as {
    containers?: JsonObject[];
    initContainers?: JsonObject[];
  };
  const running = (container: JsonObject) => ({
    name: container.name ?? '',
    image: container.image ?? '',
    ready: true,
    restartCount: 0,
    state: { running: { startedAt } },
  });
  return {
    ...pod,
    metadata: {
      ...(pod.metadata as JsonObject),
      creationTimestamp: (pod.metadata as JsonObject).creationTimestamp ?? startedAt,
    },
    status: {
      phase: 'Running',
      startTime: startedAt,
      ...(ip !== undefined && { podIP: ip, podIPs: [{ ip }] }),
      conditions: [
        { type: 'PodScheduled', status: 'True' },
        { type: 'Ready', status: 'True' },
      ],
      containerStatuses: containers.map(running),
      initContainerStatuses: initContainers.map((container) => ({
        ...running(container),
        state: { terminated: { exitCode: 0, reason: 'Completed' } },
      })),
    },
  };
}

export const nodeAddress = (node: JsonObject): string | undefined =>
  (node.status as { addresses?: { type: string; address: string }[] }).addresses?.find(
    ({ type }) => type === 'InternalIP',
  )?.address;

function workloadPods(
  workload: Workload,
  nodes: readonly JsonObject[],
  { now, nextId }: Expansion,
): JsonObject[] {
  const homes = workload.node === undefined ? nodes : nodes.filter((node) => nameOf(node) === workload.node);
  return Array.from({ length: workload.replicas }, (_, index) => {
    const node = homes[index % homes.length];
    const uid = nextId();
    const hash = podSuffix(`${workload.name.length}a1b2c3d4e5`);
    const pod: JsonObject = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: `${workload.name}-${hash}-${podSuffix(uid)}`,
        namespace: workload.namespace,
        uid,
        labels: { app: workload.name, ...workload.labels },
        annotations: workload.annotations,
        creationTimestamp: relativeTime(workload.started, now),
        ownerReferences: [
          {
            apiVersion: 'apps/v1',
            kind: 'ReplicaSet',
            name: `${workload.name}-${hash}`,
            uid: '',
            controller: true,
          },
        ],
      },
      spec: {
        ...(workload.phase !== 'Pending' && node && { nodeName: nameOf(node) }),
        containers: [
          {
            name: workload.name,
            image: workload.image,
            ...(workload.hostPort && {
              ports: [{ containerPort: workload.hostPort, hostPort: workload.hostPort }],
            }),
          },
        ],
      },
      status: { phase: 'Pending' },
    };
    return workload.phase === 'Running'
      ? runningWorkload(pod, { workload, index, node, now })
      : waitingPod(pod, workload);
  });
}

interface Placement {
  readonly workload: Workload;
  readonly index: number;
  readonly node: JsonObject | undefined;
  readonly now: Date;
}

function runningWorkload(pod: JsonObject, { workload, index, node, now }: Placement): JsonObject {
  const ip = workload.ip?.replaceAll('{n}', String(index + 1)) ?? rangeAddress(node, index + 2);
  const started = startedPod(pod, relativeTime(workload.started, now), ip);
  if (workload.ipv6 === undefined) return started;
  const second = { ip: workload.ipv6.replaceAll('{n}', String(index + 1)) };
  return { ...started, status: { ...(started.status as JsonObject), podIPs: [{ ip: ip ?? '' }, second] } };
}

function rangeAddress(node: JsonObject | undefined, offset: number): string | undefined {
  const cidr = (node?.spec as JsonObject | undefined)?.podCIDR;
  if (typeof cidr !== 'string') return undefined;
  const [network = ''] = cidr.split('/');
  const parts = network.split('.').map(Number);
  return [...parts.slice(0, 3), (parts[3] ?? 0) + (offset % 60) + 1].join('.');
}

function waitingPod(pod: JsonObject, workload: Workload): JsonObject {
  const creating = workload.phase === 'ContainerCreating';
  return {
    ...pod,
    status: {
      phase: 'Pending',
      conditions: creating
        ? [
            { type: 'PodScheduled', status: 'True' },
            { type: 'Ready', status: 'False' },
          ]
        : [
            {
              type: 'PodScheduled',
              status: 'False',
              reason: 'Unschedulable',
              message: '0/5 nodes are available: 5 Too many pods.',
            },
          ],
      containerStatuses: creating
        ? [
            {
              name: workload.name,
              image: workload.image,
              ready: false,
              restartCount: 0,
              state: { waiting: { reason: 'ContainerCreating' } },
            },
          ]
        : [],
    },
  };
}

function eventObject(event: Scenario['events'][number], index: number, now: Date): JsonObject {
  const last = relativeTime(event.last, now);
  const namespace = event.about.namespace ?? 'default';
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: {
      name: `${event.about.name}.${(0x17a3b4c5d6e7 + index).toString(16)}`,
      namespace,
      creationTimestamp: last,
    },
    involvedObject: { ...event.about, namespace },
    type: event.type,
    reason: event.reason,
    message: event.message,
    ...(event.modern
      ? {
          source: {},
          firstTimestamp: null,
          lastTimestamp: null,
          eventTime: last,
          series: { count: event.count, lastObservedTime: last },
          reportingComponent: event.source,
        }
      : {
          source: { component: event.source },
          firstTimestamp: last,
          lastTimestamp: last,
          count: event.count,
          reportingComponent: '',
        }),
  };
}
