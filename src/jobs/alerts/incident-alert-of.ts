import type { Config } from '../../config/config.js';
import type { Alert } from './alert.js';
import { chooseRule } from './choose-rule.js';
import type { IncidentAlert } from './incident.js';

/** A name that can be one; anything else in a label would be asked of a cluster, and shown as a place. */
const NAME = /^[a-z0-9][-a-z0-9.]{0,252}$/i;

/** What is kept of an alert that was placed: where it is, and what its rule asks for. */
export function incidentAlertOf(config: Config['alerts'], alert: Alert): IncidentAlert {
  const { name, firing, summary, startsAt, endsAt } = alert;
  const rule = config && chooseRule(config, alert);
  const by = (labels: readonly string[] = []): string | undefined =>
    labels.map((label) => alert.labels[label] ?? '').find((value) => NAME.test(value));
  return {
    name,
    firing,
    summary,
    startsAt,
    endsAt,
    node: by(config?.labels.node),
    namespace: by(config?.labels.namespace),
    pod: by(config?.labels.pod),
    checks: rule?.checks ?? [],
    only: rule?.only ?? 'cluster',
  };
}
