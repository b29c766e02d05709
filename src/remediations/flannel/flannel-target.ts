import { type FlannelConfig, flannelConfigMap, flannelPlugin } from '../../checks/flannel/flannel-config.js';
import { list, object, text } from '../../cluster/fields.js';
import { identityReads } from '../../cluster/identity/gather-identity.js';
import { flannelSets, isFlannelPod, isUpstreamFlannel } from '../../cluster/network-daemon-sets.js';
import { parseJsonObject } from '../../cluster/parse-json.js';
import type { ClusterReader, JsonObject, RbacRule, Resource } from '../../cluster/ports.js';
import {
  compareVersions,
  formatVersion,
  isAtLeast,
  parseVersion,
  type Version,
} from '../../cluster/identity/versions.js';
import { type ConfigMapView, configMaps } from '../../cluster/views/config-map.js';
import { type DaemonSetView, daemonSets } from '../../cluster/views/daemon-set.js';
import { type NodeView, nodes } from '../../cluster/views/node.js';
import { type PodView, pods } from '../../cluster/views/pod.js';
import { isDated } from '../../cluster/write-times.js';
import type { Change } from '../define-remediation.js';
import { refuse } from '../refuse.js';
import { configMapReads, configMapWrites, rolloutReads, rolloutWrites } from '../rollout-rules.js';

export const CNI_KEY = 'cni-conf.json';
const DAEMON_SET = 'kube-flannel-ds';

export const flannelPlanReads: readonly RbacRule[] = [
  configMapReads(flannelConfigMap.name),
  ...rolloutReads(DAEMON_SET),
  ...identityReads,
];
export const flannelWrites: readonly RbacRule[] = [configMapWrites(flannelConfigMap.name), ...rolloutWrites];

export const rollFlannel: Extract<Change, { verb: 'roll-pods' }> = {
  verb: 'roll-pods',
  about: { kind: 'DaemonSet', namespace: 'kube-system', name: DAEMON_SET },
  selector: 'app=flannel',
};

export const FLANNEL_IMPACT =
  'Running pods keep their network; new pods on a node wait while its Flannel restarts.';

/** A Flannel whose config is a JSON object. */
export interface FlannelTarget {
  readonly configMap: ConfigMapView & { readonly annotations: Readonly<Record<string, string>> };
  /** `cni-conf.json` as it is stored. */
  readonly document: string;
  readonly config: FlannelConfig;
  readonly parsed: JsonObject;
  /** Where the `flannel` plugin stands in it. */
  readonly pluginPath: readonly (string | number)[];
  readonly pods: readonly PodView[];
  readonly nodes: readonly NodeView[];
  /** Whether the ConfigMap's time is that of its newest write. */
  readonly dated: boolean;
}

const annotatedConfigMaps: Resource<FlannelTarget['configMap']> = {
  ...configMaps,
  project: (raw) => ({
    ...configMaps.project(raw),
    annotations: Object.fromEntries(
      Object.entries(object(raw, 'metadata', 'annotations')).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      ),
    ),
  }),
};

/** Refuses where Flannel is absent, or acknet could not restart it. */
export async function gatherFlannelTarget(reader: ClusterReader): Promise<FlannelTarget> {
  const sets = await reader.list(daemonSets);
  if (flannelSets(sets).length === 0) throw refuseWithoutFlannel(reader.cluster, sets);
  const [configMap, all, hosts] = await Promise.all([
    reader.get(annotatedConfigMaps, flannelConfigMap),
    reader.list(pods, { namespace: 'kube-system' }),
    reader.list(nodes),
  ]);
  const document = configMap.data[CNI_KEY];
  const parsed = document === undefined ? undefined : parseJsonObject(document);
  if (document === undefined || parsed === undefined)
    throw refuse(
      `${CNI_KEY} in ConfigMap kube-system/kube-flannel-cfg is missing or is not a JSON object.`,
      'Repair the JSON by hand first; acknet only changes a config it can read.',
    );
  const old = new Set(all.filter(isFlannelPod).map(({ owner }) => owner?.name ?? ''));
  old.delete(DAEMON_SET);
  if (old.size > 0)
    throw refuse(
      `Flannel runs here in its old layout, a DaemonSet for each architecture (${[...old].join(', ')}), which acknet checks but does not restart.`,
      'Edit ConfigMap kube-flannel-cfg by hand, and delete the Flannel pods one node at a time.',
    );
  const index = list(parsed, 'plugins').findIndex((entry) => text(entry, 'type') === 'flannel');
  if (Array.isArray(parsed.plugins) && index === -1)
    throw refuse(`The plugins in ${CNI_KEY} have none of type flannel.`);
  return {
    configMap,
    document,
    parsed,
    config: flannelPlugin(parsed),
    nodes: hosts,
    dated: await isDated(reader, configMap.writtenAt),
    pluginPath: index === -1 ? [] : ['plugins', index],
    pods: all.filter(({ owner }) => owner?.kind === 'DaemonSet' && owner.name === DAEMON_SET),
  };
}

const refuseWithoutFlannel = (cluster: string, sets: readonly DaemonSetView[]) =>
  refuse(
    sets.some(isUpstreamFlannel)
      ? `${cluster} runs a self-managed Flannel (DaemonSet kube-flannel/${DAEMON_SET}), which acknet does not change.`
      : `${cluster} runs no Flannel of ACK’s (DaemonSet kube-system/${DAEMON_SET}), so this fix has nothing to change there.`,
    `/acknet check ${cluster} says what is wrong there, and which fixes it offers.`,
  );

/** Oldest Flannel that runs: where the DaemonSet is OnDelete, pods may be older than its template. */
export function refuseOlderFlannel({ pods: own }: FlannelTarget, floor: string, why: string): void {
  const versions = own.map(({ containers }) => {
    const image = containers.find(({ image: candidate }) => candidate.includes('/flannel:'))?.image;
    return image === undefined ? undefined : parseVersion(image);
  });
  if (versions.length === 0 || versions.includes(undefined))
    throw refuse(`The Flannel version could not be read from its pods. ${why}`);
  const oldest = (versions as Version[]).reduce((a, b) => (compareVersions(a, b) <= 0 ? a : b));
  if (!isAtLeast(oldest, floor))
    throw refuse(
      `${why} Here ${formatVersion(oldest)} still runs.`,
      'Update Flannel first, and restart its pods.',
    );
}
