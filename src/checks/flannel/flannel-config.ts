import { at, isObject, list, text } from '../../cluster/fields.js';
import type { ClusterIdentity } from '../../cluster/identity/identity.js';
import type { JsonObject, RbacRule } from '../../cluster/ports.js';
import type { Applicability } from '../judging/define-check.js';
import { pluginUnread } from '../plugin-unread.js';

/** ConfigMap kube-system/kube-flannel-cfg. */
export const flannelConfigMap = {
  kind: 'ConfigMap',
  namespace: 'kube-system',
  name: 'kube-flannel-cfg',
} as const;

export const flannelConfigReads: readonly RbacRule[] = [
  {
    group: '',
    resource: 'configmaps',
    verbs: ['get'],
    namespace: 'kube-system',
    names: ['kube-flannel-cfg'],
  },
];

export const CNI_CONF_WHERE = 'ConfigMap kube-system/kube-flannel-cfg, data["cni-conf.json"]';

/** Why a Flannel check says nothing about a cluster, or true. */
export function needsFlannel({ plugin }: ClusterIdentity): Applicability {
  if (!plugin.known) return pluginUnread(plugin);
  if (plugin.name === 'none') return 'No Flannel DaemonSet is in kube-system.';
  return plugin.name === 'terway' ? 'Flannel does not run in this cluster.' : true;
}

export interface FlannelConfig {
  /** Absent when missing or empty: the kubelet treats both alike. */
  readonly cniVersion: string | undefined;
  /** A `plugins` list, rather than the older single-plugin form. */
  readonly chained: boolean;
  readonly hairpin: boolean;
  readonly portmap: boolean;
  /** Where host-local keeps its addresses; absent = /var/lib/cni/networks, which survives a reboot. */
  readonly ipamDataDir: string | undefined;
}

/** Reads both forms of `cni-conf.json`; cluster-signals 3.2. */
export function flannelPlugin(config: JsonObject): FlannelConfig {
  const chain = list(config, 'plugins').filter(isObject);
  const plugin = chain.find((entry) => text(entry, 'type') === 'flannel') ?? config;
  return {
    cniVersion: text(config, 'cniVersion') || undefined,
    chained: Array.isArray(config.plugins),
    hairpin: at(plugin, 'delegate', 'hairpinMode') === true,
    portmap: chain.some((entry) => text(entry, 'type') === 'portmap'),
    ipamDataDir: text(plugin, 'ipam', 'dataDir'),
  };
}

/** The image of Flannel itself, in a DaemonSet's template or a pod. */
export const flannelImageOf = ({
  containers,
}: {
  readonly containers: readonly { readonly image: string; readonly init: boolean }[];
}): string | undefined => containers.find(({ image, init }) => !init && image.includes('/flannel:'))?.image;
