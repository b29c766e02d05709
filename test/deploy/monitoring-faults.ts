import { z } from 'zod';

/** The fields of prometheus-operator's kinds that the chart uses; any other is a slip. */
const labels = z.record(z.string(), z.string());
const metadata = z.strictObject({ name: z.string(), namespace: z.string(), labels });
const duration = z.string().regex(/^\d+[smh]$/);
const kinds = {
  ServiceMonitor: z.strictObject({
    apiVersion: z.literal('monitoring.coreos.com/v1'),
    kind: z.literal('ServiceMonitor'),
    metadata,
    spec: z.strictObject({
      selector: z.strictObject({ matchLabels: labels }),
      podTargetLabels: z.array(z.string()),
      endpoints: z.array(z.strictObject({ port: z.string(), interval: duration })).min(1),
    }),
  }),
  PrometheusRule: z.strictObject({
    apiVersion: z.literal('monitoring.coreos.com/v1'),
    kind: z.literal('PrometheusRule'),
    metadata,
    spec: z.strictObject({
      groups: z.array(
        z.strictObject({
          name: z.string(),
          rules: z
            .array(
              z.strictObject({
                alert: z.string(),
                expr: z.string(),
                for: duration.optional(),
                labels,
                annotations: z.strictObject({ summary: z.string() }),
              }),
            )
            .min(1),
        }),
      ),
    }),
  }),
} as const;

/** Paths of what the kind does not have, as prometheus-operator documents it. */
export function monitoringFaults(object: { readonly kind: string }): string[] {
  const schema = kinds[object.kind as keyof typeof kinds];
  if (schema === undefined) return [`${object.kind}: unknown`];
  const { error } = schema.safeParse(object);
  return (error?.issues ?? []).map(({ path, message }) => `${object.kind}.${path.join('.')}: ${message}`);
}
