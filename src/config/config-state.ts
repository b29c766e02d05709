/** What a process has made of its files: `acknet.yaml` and the kubeconfigs it names. */
export interface ConfigState {
  /** Of the files in use. */
  readonly digest: string;
  /** What they hold now, where that has faults; absent = it is what is in use. */
  readonly refused?: RefusedConfig | undefined;
}

export interface RefusedConfig {
  readonly digest: string;
  readonly faults: readonly string[];
}
