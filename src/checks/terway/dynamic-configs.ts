import { unlessAbsent } from '../../cluster/absent.js';
import { parseJsonObject } from '../../cluster/parse-json.js';
import type { ClusterReader, JsonObject, ObjectRef, RbacRule } from '../../cluster/ports.js';
import { type ConfigMapView, configMaps } from '../../cluster/views/config-map.js';
import type { NodeView } from '../../cluster/views/node.js';
import { isAcknetError } from '../../errors.js';
import { groupBy } from '../group-by.js';
import { zoneOf } from '../node-kinds.js';
import { eniConfig, podVSwitches } from './terway-config.js';

/** A node's label that names a ConfigMap whose `eni_conf` overrides eni-config there. Source: cluster-signals 2.5. */
export const DYNAMIC_LABEL = 'terway-config';

export interface DynamicConfig {
  readonly name: string;
  /** Nodes that carry the label with this name. */
  readonly nodes: readonly NodeView[];
  /** `absent` is certain; `forbidden` says nothing about the ConfigMap. */
  readonly state: 'read' | 'absent' | 'forbidden';
  readonly configMap?: ConfigMapView | undefined;
  /** undefined = no `eni_conf`, or no JSON object in it. */
  readonly daemon?: JsonObject | undefined;
}

/** Only the FAQ's name can be known in advance; another is put into the role by `acknet rbac --config-maps`. */
export const dynamicConfigReads: readonly RbacRule[] = [
  {
    group: '',
    resource: 'configmaps',
    verbs: ['get'],
    namespace: 'kube-system',
    names: ['eni-config-fixed'],
  },
];

export function gatherDynamicConfigs(
  reader: ClusterReader,
  nodes: readonly NodeView[],
): Promise<readonly DynamicConfig[]> {
  const labelled = nodes.filter(({ labels }) => labels[DYNAMIC_LABEL]);
  const groups = groupBy(labelled, ({ labels }) => labels[DYNAMIC_LABEL] ?? '');
  return Promise.all([...groups].map(([name, members]) => readDynamicConfig(reader, name, members)));
}

async function readDynamicConfig(
  reader: ClusterReader,
  name: string,
  nodes: readonly NodeView[],
): Promise<DynamicConfig> {
  try {
    const configMap = await unlessAbsent(reader.get(configMaps, { namespace: 'kube-system', name }));
    if (configMap === undefined) return { name, nodes, state: 'absent' };
    return { name, nodes, state: 'read', configMap, daemon: parseJsonObject(configMap.data.eni_conf ?? '') };
  } catch (error) {
    if (isAcknetError(error, 'cluster.forbidden')) return { name, nodes, state: 'forbidden' };
    throw error;
  }
}

export const aboutMap = ({ name }: Pick<DynamicConfig, 'name'>): ObjectRef => ({
  kind: 'ConfigMap',
  namespace: 'kube-system',
  name,
});

export const whereMap = ({ name }: DynamicConfig): string =>
  `ConfigMap kube-system/${name}, data["eni_conf"]`;

/** What an unreadable override leaves open, for `report.unknown`; undefined = nothing. */
export function unreadOverrides(configs: readonly DynamicConfig[]): string | undefined {
  const names = configs.filter(({ state }) => state === 'forbidden').map(({ name }) => name);
  return names.length === 0
    ? undefined
    : `ConfigMap kube-system/${names.join(', ')}, named by the nodes' label ${DYNAMIC_LABEL}, may not be read: print the reader's role with acknet rbac --config-maps ${names.join(' ')}`;
}

/**
 * The pod vSwitches Terway takes for a node: the override's list of the zone where it has one (a merge patch works per
 * zone), else the cluster's. Empty = none of that zone. undefined = the override could not be read.
 */
export function vSwitchLookup(
  daemon: JsonObject | undefined,
  dynamic: readonly DynamicConfig[],
): (node: NodeView) => readonly string[] | undefined {
  const common = podVSwitches(daemon);
  const overrideOf = overrideLookup(dynamic);
  return (node) => {
    const override = overrideOf(node);
    if (override?.state === 'forbidden') return undefined;
    return override?.own ?? common.get(zoneOf(node)) ?? [];
  };
}

/** The ConfigMap whose list `vSwitchLookup` takes for a node. */
export function vSwitchSource(dynamic: readonly DynamicConfig[]): (node: NodeView) => ObjectRef {
  const overrideOf = overrideLookup(dynamic);
  return (node) => {
    const override = overrideOf(node);
    return override?.own === undefined ? eniConfig : aboutMap(override);
  };
}

interface Override extends Pick<DynamicConfig, 'name' | 'state'> {
  /** Its list of the node's zone. */
  readonly own: readonly string[] | undefined;
}

function overrideLookup(dynamic: readonly DynamicConfig[]): (node: NodeView) => Override | undefined {
  const configs = new Map(
    dynamic.map(({ name, state, daemon }) => [name, { name, state, zones: podVSwitches(daemon) }]),
  );
  return (node) => {
    const found = configs.get(node.labels[DYNAMIC_LABEL] ?? '');
    return found && { name: found.name, state: found.state, own: found.zones.get(zoneOf(node)) };
  };
}
