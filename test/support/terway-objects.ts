import type { Json, JsonObject } from '../../src/cluster/ports.js';
import { configMap, node } from './kube-objects.js';

export const POOLED = { 'alibabacloud.com/nodepool-id': 'np-a' };

export interface HostShape {
  readonly zone?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly allocatable?: Readonly<Record<string, string>>;
  readonly taints?: readonly JsonObject[];
  /** Status of condition SufficientIP, and its heartbeat. */
  readonly sufficient?: { readonly status: string; readonly at: string };
  readonly createdAt?: string;
}

/** A node in a zone, as Terway sees it. */
export function host(name: string, shape: HostShape = {}): JsonObject {
  const {
    zone = 'cn-hangzhou-i',
    labels = {},
    annotations = {},
    allocatable = {},
    taints,
    sufficient,
  } = shape;
  const made = node(name, {
    labels: { 'topology.kubernetes.io/zone': zone, ...POOLED, ...labels },
    annotations,
    spec: taints === undefined ? {} : { taints },
  });
  const status = made.status as { conditions: Json[] };
  const conditions: Json[] = [
    ...status.conditions,
    ...(sufficient === undefined
      ? []
      : [
          {
            type: 'SufficientIP',
            status: sufficient.status,
            reason: sufficient.status === 'True' ? 'SufficientIP' : 'InsufficientIP',
            message: sufficient.status === 'True' ? 'node has sufficient IP' : 'node has insufficient IP',
            lastHeartbeatTime: sufficient.at,
          },
        ]),
  ];
  return {
    ...made,
    metadata: {
      ...(made.metadata as JsonObject),
      creationTimestamp: shape.createdAt ?? '2026-03-02T03:20:11Z',
    },
    status: { ...(made.status as JsonObject), conditions, allocatable },
  };
}

export interface PodShape {
  readonly node?: string;
  readonly namespace?: string;
  readonly phase?: string;
  readonly ip?: string;
  readonly owner?: { readonly kind: string; readonly name: string };
  readonly annotations?: Readonly<Record<string, string>>;
  readonly createdAt?: string;
  readonly startTime?: string;
  readonly hostNetwork?: boolean;
  readonly spec?: JsonObject;
  readonly status?: JsonObject;
}

/** A user's pod; without `ip` it waits for one. */
export function pod(name: string, shape: PodShape = {}): JsonObject {
  const { namespace = 'shop', phase = shape.ip === undefined ? 'Pending' : 'Running' } = shape;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      uid: `uid-${name}`,
      annotations: shape.annotations ?? {},
      creationTimestamp: shape.createdAt ?? '2026-11-24T02:00:00Z',
      ...(shape.owner && { ownerReferences: [{ ...shape.owner, controller: true }] }),
    },
    spec: { nodeName: shape.node ?? 'n1', hostNetwork: shape.hostNetwork ?? false, ...shape.spec },
    status: {
      phase,
      startTime: shape.startTime ?? '2026-11-24T02:00:00Z',
      ...(shape.ip !== undefined && { podIP: shape.ip, podIPs: [{ ip: shape.ip }] }),
      ...shape.status,
    },
  };
}

export interface ContainerShape {
  readonly ready?: boolean;
  readonly waiting?: JsonObject;
  readonly terminated?: JsonObject;
  readonly restartCount?: number;
}

export interface TerwayPodShape {
  readonly startTime?: string;
  readonly createdAt?: string;
  readonly set?: string;
  readonly phase?: string;
  readonly ready?: boolean;
  readonly init?: ContainerShape;
  readonly terway?: ContainerShape;
  readonly status?: JsonObject;
}

/** The Terway pod of a node, Ready unless told otherwise. */
export function terwayPod(on: string, shape: TerwayPodShape = {}): JsonObject {
  const { set = 'terway-eniip', ready = true, startTime = '2026-11-20T00:00:00Z' } = shape;
  const stateOf = ({
    ready: up = ready,
    waiting,
    terminated,
    restartCount = 0,
  }: ContainerShape = {}): JsonObject => ({
    ready: up,
    restartCount,
    state: waiting ? { waiting } : terminated ? { terminated } : {},
  });
  return pod(`${set}-${on}`, {
    node: on,
    namespace: 'kube-system',
    hostNetwork: true,
    ip: '10.0.0.1',
    phase: shape.phase ?? (ready ? 'Running' : 'Pending'),
    owner: { kind: 'DaemonSet', name: set },
    startTime,
    createdAt: shape.createdAt ?? startTime,
    spec: {
      initContainers: [{ name: 'terway-init', image: 'acs/terway:v1.15.3' }],
      containers: [
        { name: 'terway', image: 'acs/terway:v1.15.3' },
        { name: 'policy', image: 'acs/terway:v1.15.3' },
      ],
    },
    status: {
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
      initContainerStatuses: [{ name: 'terway-init', ...stateOf(shape.init) }],
      containerStatuses: [
        { name: 'terway', ...stateOf(shape.terway) },
        { name: 'policy', ready, state: {} },
      ],
      ...shape.status,
    },
  });
}

export interface EventShape {
  readonly about: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly reason?: string;
  readonly at?: string;
  readonly count?: number;
}

let serial = 0;

/** A core/v1 event on a pod of namespace shop, ten minutes old. */
export function event(message: string, shape: EventShape): JsonObject {
  const { kind = 'Pod', namespace = kind === 'Node' ? 'default' : 'shop' } = shape;
  serial += 1;
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${shape.about}.${serial}`, namespace },
    involvedObject: { kind, name: shape.about, ...(kind !== 'Node' && { namespace }) },
    reason: shape.reason ?? 'AllocIPFailed',
    message,
    type: 'Warning',
    source: { component: 'terway-daemon' },
    lastTimestamp: shape.at ?? '2026-11-24T02:50:00Z',
    count: shape.count ?? 1,
  };
}

export interface InterfaceShape {
  readonly vSwitch: string;
  readonly mac?: string;
  readonly type?: string;
  readonly status?: string;
  readonly cidr?: string;
  /** Pod (`ns/name`) by address; an empty name is a free address. */
  readonly addresses?: Readonly<Record<string, string>>;
  readonly insufficientAt?: string;
}

export interface TerwayNodeShape {
  readonly options?: readonly string[];
  readonly quota?: number;
  readonly adapters?: number;
  readonly perAdapter?: number;
  readonly prefix?: boolean;
  readonly zone?: string;
  readonly interfaces?: readonly InterfaceShape[];
  readonly datapath?: string;
}

/** Terway's own resource of a node, as CRD mode fills it. */
export function terwayNode(name: string, shape: TerwayNodeShape = {}): JsonObject {
  const { options = [], quota = 3, adapters = 4, perAdapter = 15, interfaces = [] } = shape;
  return {
    apiVersion: 'network.alibabacloud.com/v1beta1',
    kind: 'Node',
    metadata: { name },
    spec: {
      nodeMetadata: { zoneID: shape.zone ?? 'cn-hangzhou-i' },
      nodeCap: { adapters, ipv4PerAdapter: perAdapter },
      eni: { vSwitchOptions: options, enableIPv4: true, enableIPPrefix: shape.prefix ?? false },
      flavor: [{ networkInterfaceType: 'Secondary', count: quota }],
      ...(shape.datapath !== undefined && { datapath: { type: shape.datapath } }),
    },
    status: {
      networkInterfaces: Object.fromEntries(
        interfaces.map((entry, index) => [`eni-${name}-${index}`, interfaceOf(entry)]),
      ),
    },
  };
}

const interfaceOf = (shape: InterfaceShape): JsonObject => ({
  status: shape.status ?? 'InUse',
  macAddress: shape.mac ?? '00:16:3e:00:00:01',
  vSwitchID: shape.vSwitch,
  networkInterfaceType: shape.type ?? 'Secondary',
  ipv4CIDR: shape.cidr ?? '10.0.40.0/24',
  ipv4: Object.fromEntries(
    Object.entries(shape.addresses ?? {}).map(([ip, podID]) => [
      ip,
      { status: 'Valid', primary: false, podID },
    ]),
  ),
  ...(shape.insufficientAt !== undefined && {
    conditions: {
      InsufficientIP: { observedTime: shape.insufficientAt, message: `${shape.vSwitch} ip is not enough` },
    },
  }),
});

export interface EniConfigShape {
  readonly daemon?: JsonObject;
  readonly cni?: JsonObject;
  readonly data?: Readonly<Record<string, string>>;
  /** Time of the last write. */
  readonly writtenAt?: string;
}

/** ConfigMap eni-config: one vSwitch, `vsw-a`, in zone cn-hangzhou-i, addresses kept locally, unless told otherwise. */
export function eniConfigMap(shape: EniConfigShape = {}): JsonObject {
  return overrideMap('eni-config', {
    data: {
      eni_conf: JSON.stringify({ version: '1', vswitches: { 'cn-hangzhou-i': ['vsw-a'] }, ...shape.daemon }),
      '10-terway.conf': JSON.stringify({ cniVersion: '0.4.0', name: 'terway', type: 'terway', ...shape.cni }),
      ...shape.data,
    },
    ...(shape.writtenAt !== undefined && { writtenAt: shape.writtenAt }),
  });
}

/** A ConfigMap of kube-system, written when told. */
export function overrideMap(
  name: string,
  { data, writtenAt }: { data: Readonly<Record<string, string>>; writtenAt?: string },
): JsonObject {
  const made = configMap(name, data);
  const managedFields =
    writtenAt === undefined ? [] : [{ manager: 'kubectl-edit', operation: 'Update', time: writtenAt }];
  return { ...made, metadata: { ...(made.metadata as JsonObject), managedFields } };
}
