import { list, object, text, texts } from '../../../src/cluster/fields.js';
import type { Json, JsonObject } from '../../../src/cluster/ports.js';
import { nameSuffix } from '../api/objects/name-suffix.js';
import { selectorPredicate } from '../api/objects/selectors.js';
import { relativeTime } from '../relative-time.js';
import type { ScenarioDaemonSet } from '../scenario-schema/daemon-set-schema.js';

export function daemonSetObject(set: ScenarioDaemonSet, uid: string, now: Date): JsonObject {
  const { name, namespace, labels } = set;
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: {
      name,
      namespace,
      uid,
      labels,
      annotations: { 'deprecated.daemonset.template.generation': '1' },
      generation: 1,
      creationTimestamp: relativeTime('-200d', now),
    },
    spec: {
      revisionHistoryLimit: 10,
      selector: { matchLabels: labels },
      updateStrategy: set.updateStrategy,
      template: { metadata: { labels }, spec: templateSpec(set) },
    },
    status: { observedGeneration: 1 },
  };
}

function templateSpec(set: ScenarioDaemonSet): JsonObject {
  const terms = [{ matchExpressions: set.affinity }];
  return {
    ...(set.affinity.length > 0 && {
      affinity: {
        nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } },
      },
    }),
    ...(set.initContainers.length > 0 && { initContainers: set.initContainers }),
    containers: set.containers,
    ...(Object.keys(set.nodeSelector).length > 0 && { nodeSelector: set.nodeSelector }),
    hostNetwork: set.hostNetwork,
    priorityClassName: 'system-node-critical',
    restartPolicy: 'Always',
    serviceAccountName: set.name,
    terminationGracePeriodSeconds: 30,
    tolerations: [{ operator: 'Exists' }],
  };
}

/** Whether a DaemonSet wants a pod on the node: its nodeSelector and required node affinity. */
export function wantsNode(set: JsonObject, node: JsonObject): boolean {
  const template = object(set, 'spec', 'template', 'spec');
  const labels = texts(node, 'metadata', 'labels');
  const selected = Object.entries(texts(template, 'nodeSelector')).every(
    ([key, value]) => labels[key] === value,
  );
  const terms = list(
    template,
    ...['affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms'],
  );
  const fits = (term: Json) => selectorPredicate({ matchExpressions: list(term, 'matchExpressions') })(node);
  return selected && (terms.length === 0 || terms.some(fits));
}

/** A pod of the set on a node, not started yet. */
export function daemonSetPod(
  set: JsonObject,
  { node, uid, at }: { node: string; uid: string; at: string },
): JsonObject {
  const name = text(set, 'metadata', 'name') ?? '';
  const template = object(set, 'spec', 'template');
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${name}-${nameSuffix(uid)}`,
      generateName: `${name}-`,
      namespace: text(set, 'metadata', 'namespace') ?? '',
      uid,
      creationTimestamp: at,
      labels: {
        ...texts(template, 'metadata', 'labels'),
        'controller-revision-hash': revisionOf(set),
        'pod-template-generation': '1',
      },
      annotations: texts(template, 'metadata', 'annotations'),
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'DaemonSet',
          name,
          uid: text(set, 'metadata', 'uid') ?? '',
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: { ...object(template, 'spec'), nodeName: node },
    status: { phase: 'Pending' },
  };
}

/** Changes with the template, as the controller's own hash does. */
export function revisionOf(set: JsonObject): string {
  let hash = 5381;
  for (const letter of JSON.stringify(object(set, 'spec', 'template')))
    hash = (hash * 33 + letter.charCodeAt(0)) >>> 0;
  return hash.toString(16).padStart(8, '0');
}

export function revisionObject(set: JsonObject, revision: number): JsonObject {
  const name = text(set, 'metadata', 'name') ?? '';
  const hash = revisionOf(set);
  return {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name: `${name}-${hash}`,
      namespace: text(set, 'metadata', 'namespace') ?? '',
      labels: { ...texts(set, 'spec', 'selector', 'matchLabels'), 'controller-revision-hash': hash },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'DaemonSet',
          name,
          uid: text(set, 'metadata', 'uid') ?? '',
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    data: { spec: { template: { ...object(set, 'spec', 'template'), $patch: 'replace' } } },
    revision,
  };
}

/** The set as it was when its template had these images. */
export function withImages(set: JsonObject, images: Readonly<Record<string, string>>): JsonObject {
  const template = object(set, 'spec', 'template');
  const spec = object(template, 'spec');
  const swap = (key: string) =>
    list(spec, key).map((container) => {
      const image = images[text(container, 'name') ?? ''];
      return image === undefined ? container : { ...object(container), image };
    });
  const swapped = {
    ...spec,
    containers: swap('containers'),
    ...('initContainers' in spec && { initContainers: swap('initContainers') }),
  };
  return { ...set, spec: { ...object(set, 'spec'), template: { ...template, spec: swapped } } };
}
