import { at, list, text, texts } from '../../src/cluster/fields.js';
import type { JsonObject } from '../../src/cluster/ports.js';
import { kinds } from './api/objects/kinds.js';
import type { ObjectStore } from './api/objects/object-store.js';
import { isPodReady } from './controllers/owned-pods.js';

/** What the sandbox page shows of one cluster. */
export interface ClusterState {
  readonly name: string;
  readonly nodes: readonly {
    readonly name: string;
    readonly ready: string;
    readonly message: string;
    readonly unschedulable: boolean;
  }[];
  readonly configMaps: readonly {
    readonly namespace: string;
    readonly name: string;
    readonly data: Readonly<Record<string, string>>;
  }[];
  readonly daemonSets: readonly {
    readonly namespace: string;
    readonly name: string;
    readonly pods: readonly PodState[];
  }[];
}

interface PodState {
  readonly name: string;
  readonly node: string;
  readonly ready: boolean;
  readonly startedAt: string;
}

interface Shown {
  readonly configMaps: readonly string[];
  readonly daemonSets: readonly string[];
  /** Takes secrets out of what the page shows. */
  readonly mask: (text: string) => string;
}

export function summarise(name: string, store: ObjectStore, show: Shown): ClusterState {
  const all = (wanted: string) =>
    kinds.filter(({ kind, crd }) => kind === wanted && !crd).flatMap((kind) => [...store.all(kind)]);
  const pods = all('Pod');
  return {
    name,
    nodes: all('Node').map(nodeState),
    configMaps: all('ConfigMap')
      .filter((entry) => show.configMaps.includes(text(entry, 'metadata', 'name') ?? ''))
      .map((entry) => ({
        namespace: text(entry, 'metadata', 'namespace') ?? '',
        name: text(entry, 'metadata', 'name') ?? '',
        data: Object.fromEntries(
          Object.entries(texts(entry, 'data')).map(([key, value]) => [key, show.mask(value)]),
        ),
      })),
    daemonSets: show.daemonSets.map((set) => ({
      namespace: 'kube-system',
      name: set,
      pods: pods
        .filter((pod) => text(list(pod, 'metadata', 'ownerReferences')[0], 'name') === set)
        .map(podState),
    })),
  };
}

function nodeState(node: JsonObject) {
  const ready = list(node, 'status', 'conditions').find((entry) => text(entry, 'type') === 'Ready');
  return {
    name: text(node, 'metadata', 'name') ?? '',
    ready: text(ready, 'status') ?? 'Unknown',
    message: text(ready, 'message') ?? '',
    unschedulable: at(node, 'spec', 'unschedulable') === true,
  };
}

const podState = (pod: JsonObject): PodState => ({
  name: text(pod, 'metadata', 'name') ?? '',
  node: text(pod, 'spec', 'nodeName') ?? '',
  ready: isPodReady(pod),
  startedAt: text(pod, 'status', 'startTime') ?? '',
});
