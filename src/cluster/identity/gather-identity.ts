import { type AcknetError, isAcknetError } from '../../errors.js';
import { mask } from '../../masking/mask.js';
import { clusterUidReads } from './cluster-uid.js';
import { text } from '../fields.js';
import { type ClusterIdentity, type NetworkPlugin, pluginNamed } from './identity.js';
import { flannelSets } from '../network-daemon-sets.js';
import { parseJsonObject } from '../parse-json.js';
import type { ClusterReader, RbacRule } from '../ports.js';
import { parseVersion, type Version } from './versions.js';
import { type ConfigMapView, configMaps } from '../views/config-map.js';
import { type DaemonSetView, daemonSets } from '../views/daemon-set.js';
import { type NodeView, nodes } from '../views/node.js';

/** What recognising a cluster reads; every reader role includes it. */
export const identityReads: readonly RbacRule[] = [
  ...clusterUidReads,
  { group: 'apps', resource: 'daemonsets', verbs: ['list'] },
  { group: '', resource: 'nodes', verbs: ['list'] },
  // What `--ns` names is looked up, so that a slip is not taken for a quiet namespace.
  { group: '', resource: 'namespaces', verbs: ['list'] },
  {
    group: '',
    resource: 'configmaps',
    verbs: ['get'],
    namespace: 'kube-system',
    names: ['ack-cluster-profile', 'eni-config'],
  },
];

/** Never throws for a cluster fault: what could not be read is `unknown` or absent. */
export async function gatherIdentity(reader: ClusterReader): Promise<ClusterIdentity> {
  const [sets, nodeList, version, profile, terway] = await Promise.all([
    outcomeOf(reader.list(daemonSets)),
    attempt(reader.list(nodes)),
    attempt(reader.serverVersion()),
    presence(reader.get(configMaps, { namespace: 'kube-system', name: 'ack-cluster-profile' })),
    presence(reader.get(configMaps, { namespace: 'kube-system', name: 'eni-config' })),
  ]);
  const kubernetes = version && parseVersion(version.gitVersion);
  const runtime = runtimeOf(nodeList);
  return {
    plugin: pluginOf(sets),
    flavor: flavorOf(nodeList),
    kubernetes,
    ...componentsOf(sets.value ?? []),
    runtime,
    dualStack: dualStackOf({ profile, terway }, nodeList),
  };
}

interface ReadOutcome<T> {
  readonly value?: T;
  readonly fault?: AcknetError;
}

async function outcomeOf<T>(read: Promise<T>): Promise<ReadOutcome<T>> {
  try {
    return { value: await read };
  } catch (error) {
    if (isAcknetError(error)) return { fault: error };
    throw error;
  }
}

const attempt = async <T>(read: Promise<T>): Promise<T | undefined> => (await outcomeOf(read)).value;

/** undefined = it is not there. */
type Presence = ConfigMapView | undefined | 'unread';

const presence = async (read: Promise<ConfigMapView>): Promise<Presence> => {
  try {
    return await read;
  } catch (error) {
    if (isAcknetError(error, 'cluster.not-found')) return undefined;
    if (isAcknetError(error)) return 'unread';
    throw error;
  }
};

const inKubeSystem = (sets: readonly DaemonSetView[], name: string): DaemonSetView | undefined =>
  sets.find((set) => set.namespace === 'kube-system' && set.name === name);

function pluginOf({ value: sets, fault }: ReadOutcome<readonly DaemonSetView[]>): NetworkPlugin {
  if (sets === undefined)
    return { known: false, code: fault?.code ?? 'cluster.failed', detail: mask(fault?.message ?? '') };
  const terway = inKubeSystem(sets, 'terway-eniip') ?? inKubeSystem(sets, 'terway-eni');
  const [flannel] = flannelSets(sets);
  if (terway && flannel) return pluginNamed('terway+flannel');
  if (terway) return pluginNamed('terway');
  return pluginNamed(flannel ? 'flannel' : 'none');
}

function componentsOf(sets: readonly DaemonSetView[]): Pick<ClusterIdentity, 'terway' | 'flannel'> {
  const terway = inKubeSystem(sets, 'terway-eniip') ?? inKubeSystem(sets, 'terway-eni');
  const [flannel] = flannelSets(sets);
  const terwayVersion = terway && imageVersion(terway, '/terway:');
  const flannelVersion = flannel && imageVersion(flannel, '/flannel:');
  return {
    terway: terway && {
      daemonSet: terway.name === 'terway-eni' ? 'terway-eni' : 'terway-eniip',
      version: terwayVersion,
    },
    flannel: flannel && { daemonSet: flannel.name, version: flannelVersion },
  };
}

export function imageVersion(set: DaemonSetView, part: string): Version | undefined {
  const image = set.containers.find((container) => container.image.includes(part))?.image;
  return image === undefined ? undefined : parseVersion(image);
}

/** Masters are nodes of a dedicated cluster only; with no node read there is nothing to conclude from. */
function flavorOf(list: readonly NodeView[] | undefined): ClusterIdentity['flavor'] {
  if (list === undefined || list.length === 0) return 'unknown';
  const master = list.some(
    ({ labels }) =>
      'node-role.kubernetes.io/master' in labels || 'node-role.kubernetes.io/control-plane' in labels,
  );
  return master ? 'dedicated' : 'managed';
}

function runtimeOf(list: readonly NodeView[] | undefined): ClusterIdentity['runtime'] {
  const runtimes = new Set(list?.map(({ runtime }) => runtime.split(':')[0]).filter(Boolean));
  if (runtimes.size !== 1) return undefined;
  return runtimes.has('docker') ? 'docker' : runtimes.has('containerd') ? 'containerd' : undefined;
}

const dataOf = (read: Presence): Readonly<Record<string, string>> =>
  read === undefined || read === 'unread' ? {} : read.data;

/** Nodes of a dual-stack cluster may have no IPv6 address of their own, so only a setting that was read says no. */
function dualStackOf(
  { profile, terway }: { readonly profile: Presence; readonly terway: Presence },
  list: readonly NodeView[] | undefined,
): ClusterIdentity['dualStack'] {
  // `ip_stack` of Terway's own settings. Source: cluster-signals 2.3.
  const own = text(parseJsonObject(dataOf(terway).eni_conf ?? ''), 'ip_stack');
  const { ipStack } = dataOf(profile);
  if (ipStack !== undefined) return ipStack === 'dual';
  if (own === 'dual') return true;
  // The profile has the first word: where it could not be read, Terway's "no" is none.
  if (own !== undefined && profile !== 'unread') return false;
  const seen = list?.some(({ addresses }) =>
    addresses.some(({ type, address }) => type === 'InternalIP' && address.includes(':')),
  );
  if (seen) return true;
  return profile === 'unread' || terway === 'unread' || !list?.length ? 'unknown' : false;
}
