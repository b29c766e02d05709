import type { Json, JsonObject } from '../../src/cluster/ports.js';

const OLD = '2026-10-01T00:00:00Z';

/** A pod of a DaemonSet, started long ago and Ready unless told otherwise. */
export function daemonPod(
  set: string,
  node: string,
  more: { image?: string; startedAt?: string; ready?: boolean } = {},
): JsonObject {
  const { image = `acs/${set}:v1.0.0`, startedAt = OLD, ready = true } = more;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${set}-${node}`,
      namespace: 'kube-system',
      uid: `uid-${set}-${node}`,
      labels: { app: set },
      ownerReferences: [{ kind: 'DaemonSet', name: set, controller: true }],
    },
    spec: { nodeName: node, hostNetwork: true, containers: [{ name: set, image }] },
    status: {
      phase: 'Running',
      startTime: startedAt,
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
    },
  };
}

export function workloadPod(
  name: string,
  node: string,
  more: { bare?: boolean; emptyDir?: boolean; labels?: Record<string, string>; daemonSet?: boolean } = {},
): JsonObject {
  const owner = more.daemonSet ? 'DaemonSet' : 'ReplicaSet';
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'shop',
      uid: `uid-${name}`,
      labels: more.labels ?? {},
      ...(!more.bare && { ownerReferences: [{ kind: owner, name: `${name}-set`, controller: true }] }),
    },
    spec: { nodeName: node, volumes: more.emptyDir ? [{ name: 'cache', emptyDir: {} }] : [] },
    status: { phase: 'Running', podIP: '10.0.0.9' },
  };
}

/** The same object, written at this time. */
export const writtenAt = (object: JsonObject, time: string): JsonObject => ({
  ...object,
  metadata: {
    ...(object.metadata as JsonObject),
    managedFields: [{ manager: 'kubectl', operation: 'Update', time }],
  },
});

export const annotated = (object: JsonObject, annotations: Record<string, string>): JsonObject => ({
  ...object,
  metadata: { ...(object.metadata as JsonObject), annotations },
});

/** The same node with parts of its status and metadata replaced. */
export const nodeWith = (
  node: JsonObject,
  more: { status?: Record<string, Json>; metadata?: Record<string, Json> },
): JsonObject => ({
  ...node,
  metadata: { ...(node.metadata as JsonObject), ...more.metadata },
  status: { ...(node.status as JsonObject), ...more.status },
});
