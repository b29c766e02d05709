import type { Config } from '../../config/config.js';
import type { UnplacedAlert } from '../ports.js';
import type { Alert } from './alert.js';
import { chooseRule } from './choose-rule.js';
import { clusterOfAlert } from './cluster-of-alert.js';

type AlertsConfig = NonNullable<Config['alerts']>;
type PlacingConfig = Pick<Config, 'clusters'> & { readonly alerts: AlertsConfig };

export interface Placed {
  readonly cluster: string;
  readonly channel: string;
  readonly alerts: readonly Alert[];
}

export interface Placing {
  readonly placed: readonly Placed[];
  readonly unplaced: readonly UnplacedAlert[];
  /** How many are not about the network. */
  readonly leftAlone: number;
}

/** Which of a notification's alerts concern which cluster, and where they are told. */
export function placeAlerts(config: PlacingConfig, alerts: readonly Alert[]): Placing {
  const groups = new Map<string, { cluster: string; channel: string; alerts: Alert[] }>();
  const unplaced: UnplacedAlert[] = [];
  let leftAlone = 0;
  for (const alert of alerts) {
    const rule = chooseRule(config.alerts, alert);
    if (rule === undefined) {
      leftAlone += 1;
      continue;
    }
    const place = placeOf(config, { alert, channel: rule.channel });
    if ('kind' in place) unplaced.push(place);
    else {
      const key = `${place.cluster} ${place.channel}`;
      const group = groups.get(key) ?? { ...place, alerts: [] };
      group.alerts.push(alert);
      groups.set(key, group);
    }
  }
  return { placed: [...groups.values()], unplaced, leftAlone };
}

function placeOf(
  config: PlacingConfig,
  { alert, channel }: { readonly alert: Alert; readonly channel: string | undefined },
): UnplacedAlert | Omit<Placed, 'alerts'> {
  const found = clusterOfAlert(config, alert);
  if (found.kind !== 'known') return { ...found, alert: alert.name };
  const { cluster } = found;
  const { channels } = config.alerts;
  const own = Object.hasOwn(channels, cluster) ? channels[cluster] : undefined;
  // Who may see what is found there was decided for this channel alone.
  if (config.clusters[cluster]?.askers !== undefined)
    return own === undefined ? { kind: 'restricted', alert: alert.name, cluster } : { cluster, channel: own };
  return { cluster, channel: channel ?? own ?? config.alerts.channel };
}
