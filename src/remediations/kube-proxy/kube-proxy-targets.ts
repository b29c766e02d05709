import { faultText, stopsKubeProxy } from '../../checks/kube-proxy/document/kube-proxy-fault.js';
import {
  type KubeProxySettings,
  readKubeProxyConfig,
} from '../../checks/kube-proxy/document/kube-proxy-settings.js';
import { CONFIG_KEY, configWhere, kubeProxyVersion } from '../../checks/kube-proxy/kube-proxies.js';
import { unlessAbsent } from '../../cluster/absent.js';
import { gatherIdentity, identityReads } from '../../cluster/identity/gather-identity.js';
import type { ClusterIdentity } from '../../cluster/identity/identity.js';
import type { ClusterReader, RbacRule } from '../../cluster/ports.js';
import { type ConfigMapView, configMaps } from '../../cluster/views/config-map.js';
import { type DaemonSetView, daemonSets } from '../../cluster/views/daemon-set.js';
import { refuse } from '../refuse.js';
import { configMapReads, configMapWrites, rolloutReads, rolloutWrites } from '../rollout-rules.js';

const NAMES = ['kube-proxy-worker', 'kube-proxy-master'] as const;

export const kubeProxyPlanReads: readonly RbacRule[] = [
  configMapReads(...NAMES),
  ...rolloutReads(...NAMES),
  ...identityReads,
  { group: '', resource: 'pods/log', verbs: ['get'], namespace: 'kube-system' },
];
export const kubeProxyWrites: readonly RbacRule[] = [configMapWrites(...NAMES), ...rolloutWrites];

/** A kube-proxy whose config new pods can start with. */
export interface KubeProxyTarget {
  readonly name: (typeof NAMES)[number];
  readonly selector: string;
  readonly configMap: ConfigMapView;
  readonly daemonSet: DaemonSetView;
  readonly document: string;
  readonly settings: KubeProxySettings;
}

interface KubeProxyTargets {
  readonly identity: ClusterIdentity;
  readonly targets: readonly KubeProxyTarget[];
}

/** The worker's, and on a dedicated cluster the master's too. Refuses where one is missing or would not start again. */
export async function gatherKubeProxyTargets(reader: ClusterReader): Promise<KubeProxyTargets> {
  const identity = await gatherIdentity(reader);
  if (identity.flavor === 'unknown')
    throw refuse(
      'Whether this cluster is managed or dedicated could not be read, and with it which kube-proxy there is.',
    );
  const names = identity.flavor === 'dedicated' ? NAMES : NAMES.slice(0, 1);
  return { identity, targets: await Promise.all(names.map((name) => readTarget(reader, name, identity))) };
}

async function readTarget(
  reader: ClusterReader,
  name: KubeProxyTarget['name'],
  identity: ClusterIdentity,
): Promise<KubeProxyTarget> {
  const place = { namespace: 'kube-system', name };
  const [configMap, daemonSet] = await Promise.all([
    unlessAbsent(reader.get(configMaps, place)),
    unlessAbsent(reader.get(daemonSets, place)),
  ]);
  const document = configMap?.data[CONFIG_KEY];
  if (configMap === undefined || daemonSet === undefined || document === undefined)
    throw refuse(
      `${name} (DaemonSet, and ConfigMap with key ${CONFIG_KEY}) is not readable in this cluster.`,
    );
  const settings = startable({ name, daemonSet, document }, identity);
  return { name, selector: `k8s-app=${name}`, configMap, daemonSet, document, settings };
}

/** A pod that is deleted comes back with the config as it stands: it must be one that kube-proxy starts with. */
function startable(
  { name, daemonSet, document }: Pick<KubeProxyTarget, 'name' | 'daemonSet' | 'document'>,
  identity: ClusterIdentity,
): KubeProxySettings {
  const { settings, faults } = readKubeProxyConfig(document, kubeProxyVersion({ daemonSet }, identity));
  const stopping = faults.filter(stopsKubeProxy);
  if (settings !== undefined && stopping.length === 0) return settings;
  const shown = stopping.map(faultText).join('; ');
  throw refuse(
    `${configWhere(name)} would stop every kube-proxy that restarts: ${shown || 'it is not readable'}.`,
    'Correct the configuration first; the running pods still use the one they started with.',
  );
}
