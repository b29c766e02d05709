import type { Config } from '../../config/config.js';
import type { Alert } from './alert.js';

/** `unknown` and `several` name what the labels say; `unnamed` = no label of a cluster is there. */
type AlertCluster =
  | { readonly kind: 'known'; readonly cluster: string }
  | { readonly kind: 'unknown' | 'several'; readonly named: string }
  | { readonly kind: 'unnamed' };

/** The cluster that an alert is about, by its labels alone: where these do not say it for certain, none is. */
export function clusterOfAlert(
  { clusters, alerts }: Pick<Config, 'clusters' | 'alerts'>,
  { labels }: Pick<Alert, 'labels'>,
): AlertCluster {
  const values = (alerts?.labels.cluster ?? [])
    .map((label) => labels[label] ?? '')
    .filter((value) => value !== '');
  const [first] = values;
  if (first === undefined)
    return alerts?.cluster === undefined ? { kind: 'unnamed' } : { kind: 'known', cluster: alerts.cluster };
  const found = [...new Set(values.flatMap((value) => named({ clusters, alerts }, value) ?? []))];
  const [cluster] = found;
  if (cluster === undefined) return { kind: 'unknown', named: first };
  return found.length > 1 ? { kind: 'several', named: found.join(', ') } : { kind: 'known', cluster };
}

/** By what acknet.yaml says of the value, else by its own name, else by its id in the account. */
function named({ clusters, alerts }: Pick<Config, 'clusters' | 'alerts'>, value: string): string | undefined {
  const given = alerts?.clusters ?? {};
  if (Object.hasOwn(given, value)) return given[value];
  if (Object.hasOwn(clusters, value)) return value;
  return Object.keys(clusters).find((name) => clusters[name]?.cloud?.clusterId === value);
}
