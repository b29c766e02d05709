import { unlessAbsent } from '../../cluster/absent.js';
import { isObject, list, object, strings, text } from '../../cluster/fields.js';
import type { ClusterIdentity } from '../../cluster/identity/identity.js';
import { parseJsonObject } from '../../cluster/parse-json.js';
import type { ClusterReader, JsonObject, RbacRule } from '../../cluster/ports.js';
import { type ConfigMapView, configMaps } from '../../cluster/views/config-map.js';
import type { Applicability } from '../judging/define-check.js';
import { pluginUnread } from '../plugin-unread.js';

export type Acceleration = 'datapathv2' | 'ipvlan' | 'none';

/** ConfigMap kube-system/eni-config, taken apart. Source: cluster-signals 2.2 to 2.4. */
export interface TerwayConfig {
  readonly configMap: ConfigMapView | undefined;
  /** `eni_conf`; undefined = key absent or not a JSON object (see `daemonFault`). */
  readonly daemon: JsonObject | undefined;
  readonly daemonFault: string | undefined;
  /** The `terway` plugin of `10-terway.conflist`, which wins, else `10-terway.conf`. */
  readonly cni: JsonObject | undefined;
  readonly cniKey: '10-terway.conflist' | '10-terway.conf';
  /** Plugins chained behind Terway by `10-terway.conflist`. */
  readonly chained: readonly string[];
  /** What the config asks for; what a node does is another matter. undefined = not readable. */
  readonly acceleration: Acceleration | undefined;
  /** Policy is on unless the top-level key holds anything but `""`, `"false"`, `"0"`. */
  readonly networkPolicyOff: boolean;
  readonly inClusterLoadBalancing: boolean;
  /** Top-level keys that stand inside `eni_conf` instead, where nothing reads them. */
  readonly misplaced: readonly string[];
}

export const terwayConfigReads: readonly RbacRule[] = [
  { group: '', resource: 'configmaps', verbs: ['get'], namespace: 'kube-system', names: ['eni-config'] },
];

/** Why a Terway check says nothing about a cluster, or true. */
export function needsTerway({ plugin }: ClusterIdentity): Applicability {
  if (!plugin.known) return pluginUnread(plugin);
  if (plugin.name === 'none') return 'No Terway DaemonSet is in kube-system.';
  return plugin.name === 'flannel' ? 'Terway does not run in this cluster.' : true;
}

/** Terway's own view of nodes; the group is absent where its address management is local. */
export const terwayNodeReads: readonly RbacRule[] = [
  { group: 'network.alibabacloud.com', resource: 'nodes', verbs: ['list'] },
];

export const eniConfig = { kind: 'ConfigMap', namespace: 'kube-system', name: 'eni-config' } as const;

export async function gatherTerwayConfig(reader: ClusterReader): Promise<TerwayConfig> {
  return readTerwayConfig(await unlessAbsent(reader.get(configMaps, eniConfig)));
}

const TOP_LEVEL = ['disable_network_policy', 'in_cluster_loadbalance'];

export function readTerwayConfig(configMap: ConfigMapView | undefined): TerwayConfig {
  const data = configMap?.data ?? {};
  const daemonText = data.eni_conf;
  const daemon = daemonText === undefined ? undefined : parseJsonObject(daemonText);
  const cni = cniOf(data);
  return {
    configMap,
    daemon,
    daemonFault:
      daemonText !== undefined && daemon === undefined ? 'eni_conf is not a JSON object' : undefined,
    ...cni,
    acceleration: cni.cni && accelerationOf(cni.cni),
    networkPolicyOff: !['', 'false', '0'].includes(data.disable_network_policy ?? ''),
    inClusterLoadBalancing: data.in_cluster_loadbalance === 'true',
    misplaced: daemon ? TOP_LEVEL.filter((key) => key in daemon) : [],
  };
}

function cniOf(data: Readonly<Record<string, string>>): Pick<TerwayConfig, 'cni' | 'cniKey' | 'chained'> {
  const chain = data['10-terway.conflist'];
  if (chain !== undefined && chain.trim() !== '') {
    const plugins = list(parseJsonObject(chain), 'plugins').filter(isObject);
    return {
      cni: plugins.find((plugin) => plugin.type === 'terway'),
      cniKey: '10-terway.conflist',
      chained: plugins.flatMap((plugin) => text(plugin, 'type') ?? []).filter((type) => type !== 'terway'),
    };
  }
  return { cni: parseJsonObject(data['10-terway.conf'] ?? ''), cniKey: '10-terway.conf', chained: [] };
}

function accelerationOf(cni: JsonObject): Acceleration {
  const type = (text(cni, 'eniip_virtual_type') ?? '').toLowerCase();
  return type === 'datapathv2' || type === 'ipvlan' ? type : 'none';
}

/** Name of the data path in which pods reach Services past IPVS; undefined = they do not, or it is not known. */
export const bypassOf = (acceleration: Acceleration | undefined): string | undefined =>
  acceleration === 'datapathv2' ? 'DataPath V2' : acceleration === 'ipvlan' ? 'IPvlan' : undefined;

/** Value of a fact about IPVS where `bypassOf` names a data path. */
export const hostTrafficOnly = (datapath: string): string =>
  `host-network pods and NodePort traffic only; with ${datapath} pods resolve Services in eBPF, past IPVS`;

/** Pod vSwitches by zone. */
export function podVSwitches(daemon: JsonObject | undefined): ReadonlyMap<string, readonly string[]> {
  const zones = object(daemon, 'vswitches');
  return new Map(Object.keys(zones).map((zone) => [zone, strings(zones, zone)]));
}

/** Where Terway keeps address state: `crd` shows it in Node resources, otherwise only logs and events tell. */
export const isCrdMode = (daemon: JsonObject | undefined): boolean => text(daemon, 'ipam_type') === 'crd';

/** `key` names the data key an evidence line quotes. */
export const eniConfigWhere = (key: string): string => `ConfigMap kube-system/eni-config, data["${key}"]`;
