import { readFileSync } from 'node:fs';
import type { Json, JsonObject } from '../../src/cluster/ports.js';

/** A real-shaped object of test/fixtures/objects, by the number its name starts with. */
export function fixture(file: string): JsonObject {
  return JSON.parse(readFileSync(`test/fixtures/objects/${file}.json`, 'utf8')) as JsonObject;
}

export function configMap(
  name: string,
  data: Readonly<Record<string, string>>,
  namespace = 'kube-system',
): JsonObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace, resourceVersion: '7' }, data };
}

export function daemonSet(
  name: string,
  image: string,
  more: { args?: readonly string[]; strategy?: string } = {},
): JsonObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace: 'kube-system', generation: 1 },
    spec: {
      selector: { matchLabels: { app: name } },
      updateStrategy: { type: more.strategy ?? 'RollingUpdate' },
      template: { spec: { containers: [{ name, image, command: more.args ?? [] }] } },
    },
    status: { desiredNumberScheduled: 1, numberReady: 1, updatedNumberScheduled: 1, observedGeneration: 1 },
  };
}

export interface NodeShape {
  readonly labels?: Readonly<Record<string, string>>;
  readonly ready?: string;
  readonly readyMessage?: string;
  readonly readySince?: string;
  readonly spec?: Readonly<Record<string, Json>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

export function node(name: string, shape: NodeShape = {}): JsonObject {
  const {
    labels = {},
    annotations = {},
    ready = 'True',
    readyMessage = 'kubelet is posting ready status',
    readySince = '2026-11-24T02:10:00Z',
    spec = {},
  } = shape;
  const reason = ready === 'True' ? 'KubeletReady' : 'KubeletNotReady';
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels, annotations, uid: `uid-${name}` },
    spec,
    status: {
      conditions: [
        {
          type: 'Ready',
          status: ready,
          reason,
          message: readyMessage,
          lastTransitionTime: readySince,
        },
      ],
      nodeInfo: { kubeletVersion: 'v1.31.1-aliyun.1', containerRuntimeVersion: 'containerd://1.6.28' },
    },
  };
}
