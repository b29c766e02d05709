import type { IncidentAlert } from './incident.js';
import { firingOf, type Incident } from './incident.js';

/** What a notification says of one incident. */
interface Told {
  /** By fingerprint. */
  readonly alerts: Readonly<Record<string, IncidentAlert>>;
  readonly left: number;
  readonly at: Date;
}

/** More would make a record that grows without end: of a storm the rest is counted. */
const MOST = 500;

/** The incident after a notification; the same one told twice changes nothing but when it was told. */
export function mergeAlerts(incident: Incident, { alerts, left, at }: Told): Incident {
  // Not an object: what the sender calls a fingerprint may be the name of something that every object has.
  const merged = new Map(Object.entries(incident.alerts));
  let beyond = left;
  let grew = false;
  for (const [fingerprint, alert] of Object.entries(alerts)) {
    const known = merged.get(fingerprint);
    if (known === undefined && !alert.firing) continue;
    if (known === undefined && merged.size >= MOST) {
      beyond += 1;
      continue;
    }
    // Two replicas may tell out of order: what ended at a time has not gone on firing since before it.
    if (known !== undefined && isOlder(alert, known)) continue;
    if (alert.firing && known?.firing !== true) grew = true;
    merged.set(fingerprint, alert);
  }
  const told = { alerts: Object.fromEntries(merged), left: beyond, toldAt: at.toISOString() };
  return settled({ ...incident, ...told }, { grew, at });
}

const isOlder = (alert: IncidentAlert, known: IncidentAlert): boolean =>
  Date.parse(alert.startsAt) < Date.parse(known.startsAt) ||
  (alert.firing && !known.firing && alert.startsAt === known.startsAt);

function settled(merged: Incident, { grew, at }: { readonly grew: boolean; readonly at: Date }): Incident {
  const now = at.toISOString();
  const { resolvedAt, ...rest } = merged;
  const isFiring = firingOf(merged).length > 0;
  return {
    ...rest,
    grewAt: grew ? now : merged.grewAt,
    again: isFiring && resolvedAt !== undefined ? merged.again + 1 : merged.again,
    resolvedAt: isFiring ? undefined : (resolvedAt ?? now),
  };
}
