import type { Json, JsonObject } from '../../src/cluster/ports.js';

export interface PodShape {
  readonly namespace?: string;
  readonly node?: string;
  readonly phase?: string;
  readonly ip?: string;
  readonly ready?: boolean;
  readonly hostNetwork?: boolean;
  readonly owner?: string;
  /** Absent = DaemonSet. */
  readonly ownerKind?: string;
  readonly image?: string;
  readonly startTime?: string;
  readonly containerStatuses?: readonly Json[];
}

export function pod(name: string, shape: PodShape = {}): JsonObject {
  const { namespace = 'default', phase = 'Running', ready = true } = shape;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      uid: `uid-${name}`,
      ...(shape.owner !== undefined && {
        ownerReferences: [{ kind: shape.ownerKind ?? 'DaemonSet', name: shape.owner, controller: true }],
      }),
    },
    spec: {
      ...(shape.node !== undefined && { nodeName: shape.node }),
      ...(shape.hostNetwork && { hostNetwork: true }),
      containers: [{ name: 'main', image: shape.image ?? 'nginx:1.25' }],
    },
    status: {
      phase,
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
      ...(shape.ip !== undefined && { podIP: shape.ip, podIPs: [{ ip: shape.ip }] }),
      ...(shape.startTime !== undefined && { startTime: shape.startTime }),
      ...(shape.containerStatuses !== undefined && { containerStatuses: shape.containerStatuses }),
    },
  };
}

export interface EventShape {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly reason: string;
  readonly message: string;
  /** ISO time it was last seen. */
  readonly at?: string;
  readonly source?: string;
  readonly apiVersion?: string;
}

export function event({ kind, name, namespace, reason, message, ...more }: EventShape): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${name}.${reason}`, namespace: namespace ?? 'default' },
    involvedObject: {
      kind,
      name,
      apiVersion: more.apiVersion ?? 'v1',
      ...(namespace !== undefined && { namespace }),
    },
    reason,
    message,
    type: 'Warning',
    source: { component: more.source ?? 'kubelet' },
    lastTimestamp: more.at ?? '2026-11-24T02:50:00Z',
    count: 3,
  };
}
