import type { Incident } from '../../../jobs/alerts/incident.js';
import type { IncidentFound } from '../../../jobs/ports.js';

export interface IncidentView {
  readonly incident: Incident;
  readonly found?: IncidentFound | undefined;
  /** A check of it is under way. */
  readonly isChecked: boolean;
  /** Who is called, in trusted mrkdwn; only where the configuration names them. */
  readonly ping?: string | undefined;
}
