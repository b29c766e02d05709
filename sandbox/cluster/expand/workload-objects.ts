import { createHash } from 'node:crypto';
import { object, text } from '../../../src/cluster/fields.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { nameSuffix } from '../api/objects/name-suffix.js';
import { relativeTime } from '../relative-time.js';
import type { Workload } from '../scenario-schema/workload-schema.js';

/** A Deployment and its one ReplicaSet; a bare workload has neither. */
export function controllersOf(workload: Workload, nextId: () => string, now: Date): readonly JsonObject[] {
  if (workload.bare) return [];
  const { name, namespace, replicas } = workload;
  const hash = templateHash(workload);
  const labels = { ...labelsOf(workload), 'pod-template-hash': hash };
  const meta = { namespace, creationTimestamp: relativeTime('-100d', now), generation: 1 };
  const deployment: JsonObject = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { ...meta, name, uid: nextId(), labels: labelsOf(workload) },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: labelsOf(workload) }, spec: podSpec(workload) },
    },
    status: {},
  };
  const set: JsonObject = {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      ...meta,
      name: `${name}-${hash}`,
      uid: nextId(),
      labels,
      ownerReferences: [ownerOf('Deployment', deployment)],
    },
    spec: {
      replicas,
      selector: { matchLabels: { app: name, 'pod-template-hash': hash } },
      template: {
        metadata: { labels, annotations: workload.annotations },
        spec: podSpec(workload),
      },
    },
    status: {},
  };
  return [deployment, set];
}

const labelsOf = ({ name, labels }: Workload): Readonly<Record<string, string>> => ({ app: name, ...labels });

const ownerOf = (kind: string, owner: JsonObject): JsonObject => ({
  apiVersion: 'apps/v1',
  kind,
  name: text(owner, 'metadata', 'name') ?? '',
  uid: text(owner, 'metadata', 'uid') ?? '',
  controller: true,
  blockOwnerDeletion: true,
});

/** Stable over restarts of the sandbox, and as long as Kubernetes' own. */
function templateHash({ name, image }: Workload): string {
  const digest = createHash('sha256').update(`${name} ${image}`).digest('hex');
  return nameSuffix(digest.slice(0, 10)) + nameSuffix(digest.slice(10, 20));
}

function podSpec(workload: Workload): JsonObject {
  const { name, image, ports, hostNetwork, nodeSelector, tolerations, emptyDir } = workload;
  return {
    containers: [
      {
        name,
        image,
        imagePullPolicy: 'IfNotPresent',
        ...(ports.length > 0 && { ports }),
        resources: { requests: { cpu: '100m', memory: '128Mi' } },
        ...(emptyDir && { volumeMounts: [{ name: 'scratch', mountPath: '/scratch' }] }),
      },
    ],
    dnsPolicy: 'ClusterFirst',
    ...(hostNetwork && { hostNetwork: true }),
    ...(Object.keys(nodeSelector).length > 0 && { nodeSelector }),
    restartPolicy: 'Always',
    serviceAccountName: 'default',
    terminationGracePeriodSeconds: 30,
    tolerations: [
      ...tolerations,
      {
        key: 'node.kubernetes.io/not-ready',
        operator: 'Exists',
        effect: 'NoExecute',
        tolerationSeconds: 300,
      },
      {
        key: 'node.kubernetes.io/unreachable',
        operator: 'Exists',
        effect: 'NoExecute',
        tolerationSeconds: 300,
      },
    ],
    ...(emptyDir && { volumes: [{ name: 'scratch', emptyDir: {} }] }),
  };
}

/** A pod that its ReplicaSet made, not placed yet. */
export function replicaPod(set: JsonObject, { uid, at }: { uid: string; at: string }): JsonObject {
  const name = text(set, 'metadata', 'name') ?? '';
  const template = object(set, 'spec', 'template');
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...object(template, 'metadata'),
      name: `${name}-${nameSuffix(uid)}`,
      generateName: `${name}-`,
      namespace: text(set, 'metadata', 'namespace') ?? '',
      uid,
      creationTimestamp: at,
      ownerReferences: [ownerOf('ReplicaSet', set)],
    },
    spec: object(template, 'spec'),
    status: { phase: 'Pending' },
  };
}

export function barePod(
  workload: Workload,
  { uid, at, index }: { uid: string; at: string; index: number },
): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: workload.replicas === 1 ? workload.name : `${workload.name}-${index}`,
      namespace: workload.namespace,
      uid,
      creationTimestamp: at,
      labels: labelsOf(workload),
      annotations: workload.annotations,
    },
    spec: podSpec(workload),
    status: { phase: 'Pending' },
  };
}
