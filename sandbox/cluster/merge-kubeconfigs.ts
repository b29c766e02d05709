import { parse, stringify } from 'yaml';

interface Kubeconfig {
  readonly clusters: readonly unknown[];
  readonly users: readonly unknown[];
  readonly contexts: readonly unknown[];
  readonly 'current-context': string;
}

/** One file with a context for each cluster, as `kubectl config view --flatten` would make it; the first is current. */
export function mergeKubeconfigs(files: readonly string[]): string {
  const parsed = files.map((file) => parse(file) as Kubeconfig);
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: parsed.flatMap(({ clusters }) => clusters),
    users: parsed.flatMap(({ users }) => users),
    contexts: parsed.flatMap(({ contexts }) => contexts),
    'current-context': parsed[0]?.['current-context'] ?? '',
  });
}
