import type { ShownCode } from '../../errors.js';
import type { Version } from './versions.js';

/** The network plugins of ACK; `none` = the DaemonSets were read, and none of them is here. */
export type PluginName = 'terway' | 'flannel' | 'terway+flannel' | 'none';

/**
 * Which plugin runs, or why that could not be read. An object, not a name, so that comparing it with a name does not
 * compile: who depends on the plugin must say what an unread one means there.
 */
export type NetworkPlugin =
  | { readonly known: true; readonly name: PluginName }
  | { readonly known: false; readonly code: ShownCode; readonly detail: string };

/** What kind of cluster this is; gathered once per run. `unknown` = could not be read, never a guess. */
export interface ClusterIdentity {
  readonly plugin: NetworkPlugin;
  readonly flavor: 'managed' | 'dedicated' | 'unknown';
  readonly kubernetes?: Version | undefined;
  /** The Terway DaemonSet that runs here; also absent where the plugin is not known. */
  readonly terway?:
    | {
        readonly daemonSet: 'terway-eniip' | 'terway-eni';
        readonly version?: Version | undefined;
      }
    | undefined;
  /** Also absent where the plugin is not known. */
  readonly flannel?: { readonly daemonSet: string; readonly version?: Version | undefined } | undefined;
  /** Absent when nodes differ or could not be read. */
  readonly runtime?: 'docker' | 'containerd' | undefined;
  readonly dualStack: boolean | 'unknown';
}

export const pluginNamed = (name: PluginName): NetworkPlugin => ({ known: true, name });

/** Whether the plugin is known, and one of these. The opposite is no "no": it may be unread. */
export const isCertainly = (plugin: NetworkPlugin, ...names: readonly PluginName[]): boolean =>
  plugin.known && names.includes(plugin.name);
