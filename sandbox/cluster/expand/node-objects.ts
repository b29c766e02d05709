import type { Json, JsonObject } from '../../../src/cluster/ports.js';
import { relativeTime } from '../relative-time.js';
import type { Pool, Scenario } from '../scenario.js';
import type { ScenarioCondition } from '../scenario-schema/basics.js';
import type { NodeRange } from './addresses.js';
import { lifecycleTaints } from './node-taints.js';

export interface ExpandedNode {
  readonly name: string;
  readonly pool: Pool;
  readonly range: NodeRange | undefined;
  readonly object: JsonObject;
}

/** Every node of the scenario; `index` counts over all pools and makes ids and pod ranges distinct. */
export function expandNodes(scenario: Scenario, now: Date): readonly ExpandedNode[] {
  let index = 0;
  return scenario.pools.flatMap((pool) =>
    Array.from({ length: pool.count }, (_, place) => {
      index += 1;
      const number = pool.firstNode + place;
      const name = pool.nodeName.replaceAll('{n}', String(number));
      const range = rangeOf(pool, scenario, index);
      return { name, pool, range, object: nodeObject(pool, { scenario, now, index, number, name, range }) };
    }),
  );
}

function rangeOf(pool: Pool, scenario: Scenario, index: number): NodeRange | undefined {
  if (pool.podNetwork !== undefined) {
    const place = index - 1;
    return { ipv4: `${pool.podNetwork}.${place >> 2}.${(place & 3) * 64}/26`, first: 2 };
  }
  const vSwitch = scenario.vSwitches.find(({ id }) => id === pool.terway?.vSwitch);
  if (vSwitch === undefined) return undefined;
  const ipv6 = pool.terway?.ipv6 ? vSwitch.ipv6 : undefined;
  return { ipv4: vSwitch.cidr, ...(ipv6 !== undefined && { ipv6 }), first: 10 };
}

interface NodeContext {
  readonly scenario: Scenario;
  readonly now: Date;
  readonly index: number;
  readonly number: number;
  readonly name: string;
  readonly range: NodeRange | undefined;
}

function nodeObject(pool: Pool, context: NodeContext): JsonObject {
  const { scenario, now, index, name, range } = context;
  const podCIDR = pool.podNetwork === undefined ? undefined : range?.ipv4;
  const node = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      creationTimestamp: relativeTime(pool.created, now),
      labels: labelsOf(pool, context),
      annotations: { 'node.alpha.kubernetes.io/ttl': '0', ...maxAddresses(pool), ...pool.annotations },
    },
    spec: {
      ...(!pool.foreign && { providerID: `${scenario.region}.${instanceOf(index)}` }),
      ...(podCIDR !== undefined && { podCIDR, podCIDRs: [podCIDR] }),
      ...(pool.unschedulable && { unschedulable: true }),
      taints: pool.taints,
    },
    status: {
      addresses: addressesOf(pool, context),
      ...resourcesOf(pool),
      conditions: conditionsOf(pool, name, now),
      nodeInfo: {
        architecture: 'amd64',
        operatingSystem: 'linux',
        machineID: `20260101${String(index).padStart(24, '0')}`,
        systemUUID: `3f1c0b52-0000-4000-8000-${String(index).padStart(12, '0')}`,
        bootID: `6b1c3f0e-0000-4000-8000-${String(index).padStart(12, '0')}`,
        kubeletVersion: pool.kubelet ?? scenario.kubernetes,
        kubeProxyVersion: pool.kubelet ?? scenario.kubernetes,
        containerRuntimeVersion: pool.runtime,
        kernelVersion: pool.kernel,
        osImage: pool.osImage,
      },
    },
  };
  return { ...node, spec: { ...node.spec, taints: lifecycleTaints(node) } };
}

const instanceOf = (index: number): string => `i-bp1e6g8i0k2m4o6q${String(index).padStart(4, '0')}`;

function labelsOf(pool: Pool, { scenario, index, name }: NodeContext): Readonly<Record<string, string>> {
  return {
    ...(!pool.foreign && {
      'ack.aliyun.com': scenario.clusterId,
      'alibabacloud.com/nodepool-id': pool.name,
      'node.alibabacloud.com/nodepool-id': pool.name,
      'alibabacloud.com/ecs-instance-id': instanceOf(index),
      'node.alibabacloud.com/instance-charge-type': 'PostPaid',
      'node.kubernetes.io/instance-type': pool.instanceType,
      'topology.kubernetes.io/region': scenario.region,
      'topology.kubernetes.io/zone': pool.zone,
      'topology.diskplugin.csi.alibabacloud.com/zone': pool.zone,
    }),
    'kubernetes.io/arch': 'amd64',
    'kubernetes.io/hostname': name,
    'kubernetes.io/os': 'linux',
    ...pool.labels,
    ...pool.nodeLabels[name],
  };
}

/** Addresses for pods: those of every card but the first, which is the node's own. */
const maxAddresses = ({ terway }: Pool): Readonly<Record<string, string>> =>
  terway === undefined
    ? {}
    : {
        'k8s.aliyun.com/max-available-ip': String((terway.adapters - 1) * terway.addressesPerAdapter),
      };

function addressesOf(pool: Pool, { name, index, number }: NodeContext): readonly JsonObject[] {
  const address = /(\d+\.\d+\.\d+\.\d+)$/.exec(name)?.[1] ?? `192.168.0.${index}`;
  const second = pool.ipv6?.replaceAll('{n}', number.toString(16));
  return [
    { type: 'InternalIP', address },
    ...(second === undefined ? [] : [{ type: 'InternalIP', address: second }]),
    { type: 'Hostname', address: name },
  ];
}

function resourcesOf(pool: Pool): { capacity: JsonObject; allocatable: JsonObject } {
  const capacity = {
    cpu: pool.cpu,
    'ephemeral-storage': '123460788Ki',
    memory: pool.memory,
    pods: pool.maxPods,
    ...pool.allocatable,
  };
  return { capacity, allocatable: { ...capacity, cpu: `${Number(pool.cpu) * 1000 - 100}m` } };
}

const quiet: readonly (readonly [string, string, string])[] = [
  ['KernelDeadlock', 'KernelHasNoDeadlock', 'kernel has no deadlock'],
  ['ReadonlyFilesystem', 'FilesystemIsNotReadOnly', 'Filesystem is not read-only'],
  ['NTPProblem', 'NTPIsUp', 'ntp service is up'],
  ['MemoryPressure', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
  ['DiskPressure', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
  ['PIDPressure', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
];

/** The node's own conditions before the pool's before the usual ones; one of each type. */
function conditionsOf(pool: Pool, name: string, now: Date): Json {
  const usual: ScenarioCondition[] = [
    ...quiet.map(([type, reason, message]) => ({
      type,
      status: 'False' as const,
      reason,
      message,
      since: '-30d',
    })),
    {
      type: 'Ready',
      status: 'True',
      reason: 'KubeletReady',
      message: 'kubelet is posting ready status',
      since: '-30d',
    },
  ];
  const all = [...(pool.nodeConditions[name] ?? []), ...pool.conditions, ...usual];
  const distinct = all.filter((entry, at) => all.findIndex(({ type }) => type === entry.type) === at);
  return distinct.map(({ since, heartbeat, ...condition }) => ({
    ...condition,
    // What is Unknown nobody has confirmed since.
    lastHeartbeatTime: relativeTime(heartbeat ?? (condition.status === 'Unknown' ? since : '-20s'), now),
    lastTransitionTime: relativeTime(since, now),
  }));
}
