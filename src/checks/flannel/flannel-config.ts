import { at, isObject, list, text } from '../../cluster/fields.js';
import type { JsonObject } from '../../cluster/ports.js';

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
