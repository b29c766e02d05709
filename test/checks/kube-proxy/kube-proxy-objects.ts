import type { JsonObject } from '../../../src/cluster/ports.js';
import { configMap } from '../../support/kube-objects.js';

export const CHANGED = '2026-11-20T08:00:00Z';
const HEAD = 'apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\n';

/** ConfigMap of a kube-proxy, last changed on 20 November; `body` follows apiVersion and kind. */
export function proxyConfig(body: string, name = 'kube-proxy-worker'): JsonObject {
  return written(configMap(name, { 'config.conf': `${HEAD}${body}` }));
}

/** The same with the whole document given. */
export const rawProxyConfig = (text: string, name = 'kube-proxy-worker'): JsonObject =>
  written(configMap(name, { 'config.conf': text }));

const written = (object: JsonObject): JsonObject => ({
  ...object,
  metadata: {
    ...(object.metadata as JsonObject),
    managedFields: [{ manager: 'kubectl-edit', operation: 'Update', time: CHANGED }],
  },
});

export interface PodShape {
  readonly started?: string;
  readonly set?: string;
  /** Reason of a waiting container: the pod is then not ready. */
  readonly waiting?: string;
  readonly restarted?: string;
  /** When the run before ended; a day after the last change unless told otherwise. */
  readonly ended?: string;
  /** Tag of its image. */
  readonly version?: string;
}

/** A pod of a kube-proxy DaemonSet; started a day after the last change unless told otherwise. */
export function proxyPod(node: string, shape: PodShape = {}): JsonObject {
  const {
    started = '2026-11-21T00:00:00Z',
    set = 'kube-proxy-worker',
    waiting,
    restarted,
    version = 'v1.31.1-aliyun.1',
    ended = started,
  } = shape;
  const state =
    waiting === undefined
      ? { running: { startedAt: restarted ?? started } }
      : { waiting: { reason: waiting } };
  const lastState =
    waiting === undefined ? {} : { terminated: { exitCode: 255, reason: 'Error', finishedAt: ended } };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${set}-${node}`,
      namespace: 'kube-system',
      labels: { 'k8s-app': set },
      ownerReferences: [{ kind: 'DaemonSet', name: set, controller: true }],
    },
    spec: {
      nodeName: node,
      hostNetwork: true,
      containers: [{ name: set, image: `acs/kube-proxy:${version}` }],
    },
    status: {
      phase: 'Running',
      startTime: started,
      conditions: [{ type: 'Ready', status: waiting === undefined ? 'True' : 'False' }],
      containerStatuses: [
        {
          name: set,
          ready: waiting === undefined,
          restartCount: waiting === undefined ? 0 : 7,
          state,
          lastState,
        },
      ],
    },
  };
}
