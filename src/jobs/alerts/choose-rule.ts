import type { AlertsConfig } from '../../config/schemas/alerts-schema.js';
import type { Alert } from './alert.js';
import { isOfComponent, knownAlerts } from './known-alerts.js';

type Rule = Omit<AlertsConfig['rules'][number], 'alerts' | 'ignore'>;

/** What to do about an alert; undefined = it is not about the network, or is to be left alone. */
export function chooseRule(
  { rules }: Pick<AlertsConfig, 'rules'>,
  { name, labels }: Pick<Alert, 'name' | 'labels'>,
): Rule | undefined {
  const own = rules.find(({ alerts }) => alerts.some((pattern) => fits(pattern, name)));
  if (own !== undefined) return own.ignore ? undefined : own;
  const known = Object.hasOwn(knownAlerts, name) ? knownAlerts[name] : undefined;
  if (known === undefined || (known.ofComponents && !isOfComponent(labels))) return undefined;
  return { only: known.only, checks: [] };
}

const fits = (pattern: string, name: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
