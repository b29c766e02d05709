import type { V1DaemonSet } from '@kubernetes/client-node';
import { list, number, text, texts } from '../fields.js';
import type { Resource } from '../ports.js';
import { nameOf, namespaceOf, uidOf } from './metadata.js';
import { resourceOf } from './resource-of.js';

export interface DaemonSetView {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly selector: Readonly<Record<string, string>>;
  readonly containers: readonly {
    readonly name: string;
    readonly image: string;
    readonly args: readonly string[];
    readonly init: boolean;
  }[];
  readonly updateStrategy: string;
  readonly generation: number;
  readonly observedGeneration: number;
  readonly desired: number;
  readonly ready: number;
  readonly updated: number;
}

export const daemonSets: Resource<DaemonSetView> = resourceOf<V1DaemonSet, DaemonSetView>(
  {
    group: 'apps',
    version: 'v1',
    plural: 'daemonsets',
    kind: 'DaemonSet',
    namespaced: true,
  },
  (raw) => {
    const containersOf = (key: 'initContainers' | 'containers') =>
      list(raw.spec?.template?.spec?.[key]).map((container) => ({
        name: text(container?.name) ?? '',
        image: text(container?.image) ?? '',
        args: [...list(container?.command), ...list(container?.args)].filter(
          (arg) => typeof arg === 'string',
        ),
        init: key === 'initContainers',
      }));
    return {
      namespace: namespaceOf(raw),
      name: nameOf(raw),
      uid: uidOf(raw),
      selector: texts(raw.spec?.selector?.matchLabels),
      containers: [...containersOf('initContainers'), ...containersOf('containers')],
      updateStrategy: text(raw.spec?.updateStrategy?.type) ?? 'RollingUpdate',
      generation: number(raw.metadata?.generation) ?? 0,
      observedGeneration: number(raw.status?.observedGeneration) ?? 0,
      desired: number(raw.status?.desiredNumberScheduled) ?? 0,
      ready: number(raw.status?.numberReady) ?? 0,
      updated: number(raw.status?.updatedNumberScheduled) ?? 0,
    };
  },
);
