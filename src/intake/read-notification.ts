import { z } from 'zod';
import type { Alert, Notification } from '../jobs/alerts/alert.js';

/** What ARMS sends when someone presses Test: it does not fill in its own placeholder. */
const ARMS_TEST = '$alertmanager_content';

const MOST_ALERTS = 500;
const MOST_LABELS = 64;
const LONGEST = 500;

const texts = z.record(z.string(), z.string());
const alertSchema = z.object({
  status: z.enum(['firing', 'resolved']),
  labels: texts,
  annotations: texts.optional(),
  startsAt: z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'is no time'),
  endsAt: z.string().optional(),
  fingerprint: z.string().min(1).max(200),
});
/** Alertmanager's webhook, version 4; ARMS sends the same without version and group key. */
const bodySchema = z.object({
  version: z.literal('4').optional(),
  groupKey: z.string().optional(),
  receiver: z.string().optional(),
  groupLabels: texts.optional(),
  truncatedAlerts: z.int().nonnegative().optional(),
  alerts: z.array(alertSchema).min(1),
});

type ReadNotification =
  | { readonly kind: 'notification'; readonly notification: Notification }
  | { readonly kind: 'test' }
  | { readonly kind: 'refused'; readonly why: string };

/** What a body says. Texts are cut here and masked where they are queued. */
export function readNotification(body: string): ReadNotification {
  if (body.trim().replace(/^"|"$/g, '') === ARMS_TEST) return { kind: 'test' };
  const parsed = bodySchema.safeParse(parse(body));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return {
      kind: 'refused',
      why: `${issue?.path.join('.') || 'the body'}: ${issue?.message ?? 'unreadable'}`,
    };
  }
  const { alerts, truncatedAlerts = 0, groupKey, receiver, groupLabels } = parsed.data;
  const group = groupKey ?? JSON.stringify([receiver, groupLabels]);
  return {
    kind: 'notification',
    notification: {
      group: group.slice(0, 2000),
      alerts: alerts.slice(0, MOST_ALERTS).map(alertOf),
      left: truncatedAlerts + Math.max(0, alerts.length - MOST_ALERTS),
    },
  };
}

function alertOf({
  status,
  labels,
  annotations,
  startsAt,
  endsAt,
  fingerprint,
}: z.infer<typeof alertSchema>): Alert {
  const firing = status === 'firing';
  const summary = annotations?.summary ?? annotations?.message ?? annotations?.description;
  const kept = Object.entries(labels).slice(0, MOST_LABELS);
  return {
    fingerprint,
    name: cut(labels.alertname ?? 'unnamed'),
    firing,
    labels: Object.fromEntries(kept.map(([name, value]) => [cut(name), cut(value)])),
    summary: summary && cut(summary),
    startsAt,
    endsAt: firing ? undefined : endsAt,
  };
}

const cut = (text: string): string => text.slice(0, LONGEST);

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
