import type { Version } from './versions.js';

/** What kind of cluster this is; gathered once per run. `unknown` = could not be read, never a guess. */
export interface ClusterIdentity {
  readonly plugin: 'terway' | 'flannel' | 'terway+flannel' | 'none' | 'unknown';
  readonly flavor: 'managed' | 'dedicated' | 'unknown';
  readonly kubernetes?: Version | undefined;
  /** The Terway DaemonSet that runs here. */
  readonly terway?: {
    readonly daemonSet: 'terway-eniip' | 'terway-eni';
    readonly version?: Version | undefined;
  };
  readonly flannel?: { readonly daemonSet: string; readonly version?: Version | undefined };
  /** Absent when nodes differ or could not be read. */
  readonly runtime?: 'docker' | 'containerd' | undefined;
  readonly dualStack: boolean | 'unknown';
}
