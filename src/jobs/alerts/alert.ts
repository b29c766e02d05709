import { z } from 'zod';

/** One alert of a notification, as far as acknet uses it. */
export const alertSchema = z.object({
  /** What one alert is told apart by, however often it is told. */
  fingerprint: z.string(),
  name: z.string(),
  firing: z.boolean(),
  labels: z.record(z.string(), z.string()),
  /** What the rule says of it, in the rule's own words. */
  summary: z.string().optional(),
  startsAt: z.string(),
  /** Absent while it fires. */
  endsAt: z.string().optional(),
});
export type Alert = z.infer<typeof alertSchema>;

/** `group` = Alertmanager's own group; `left` = alerts of it that were too many to be sent. */
export const notificationSchema = z.object({
  group: z.string(),
  alerts: z.array(alertSchema),
  left: z.int().nonnegative(),
});
export type Notification = z.infer<typeof notificationSchema>;

/** `failed` = why the check did not come to a result; `afterFix` = a fix had it checked, not the alerts. */
export const lookedSchema = z.object({
  incident: z.string(),
  run: z.string(),
  afterFix: z.boolean().default(false),
  failed: z.string().optional(),
});
export type Looked = z.infer<typeof lookedSchema>;

export const shownSchema = z.object({ incident: z.string() });
