import { z } from 'zod';
import { runScopeSchema } from '../../engine/checking/run-scope.js';
import { alertSchema } from './alert.js';

/** What is wanted to be looked at for the alerts of an incident. */
const coverSchema = z.object({ checks: z.array(z.string()).readonly(), scope: runScopeSchema });
export type Cover = z.infer<typeof coverSchema>;

const incidentAlertSchema = alertSchema.omit({ labels: true, fingerprint: true }).extend({
  node: z.string().optional(),
  namespace: z.string().optional(),
  pod: z.string().optional(),
  /** What its rule asks to be looked at. */
  checks: z.array(z.string()).readonly(),
  only: z.enum(['node', 'namespace', 'cluster']),
});
export type IncidentAlert = z.infer<typeof incidentAlertSchema>;

/** What fires at one time on one cluster, told in one thread. */
export const incidentSchema = z.object({
  id: z.string(),
  cluster: z.string(),
  channel: z.string(),
  /** By fingerprint. */
  alerts: z.record(z.string(), incidentAlertSchema),
  /** Alerts that the sender left out, being too many. */
  left: z.int(),
  openedAt: z.string(),
  toldAt: z.string(),
  /** When something new last came into it. */
  grewAt: z.string(),
  resolvedAt: z.string().optional(),
  /** How often it began to fire again. */
  again: z.int(),
  /** Its checks, the last one; `number` counts them. */
  run: coverSchema.extend({ id: z.string(), number: z.int(), at: z.string() }).optional(),
  /** The last check that came to an end. */
  looked: z.object({ run: z.string(), failed: z.string().optional() }).optional(),
});
export type Incident = z.infer<typeof incidentSchema>;

export const firingOf = ({ alerts }: Pick<Incident, 'alerts'>): readonly IncidentAlert[] =>
  Object.values(alerts).filter(({ firing }) => firing);
