import { z } from 'zod';
import { alertsSchema } from './schemas/alerts-schema.js';
import { channelSchema, scheduleSchema } from './schemas/channels-schema.js';
import { clusterSchema } from './schemas/cluster-schema.js';
import { checksSchema, cloudLimitsSchema, fixesSchema, seconds } from './schemas/limits-schema.js';
import { onePerson, people } from './schemas/names-schema.js';
import { httpSchema, inboundSchema } from './schemas/ports-schema.js';
import { retentionSchema } from './schemas/retention-schema.js';

const DAY = 86_400;

/** What `acknet.yaml` may hold. Descriptions are what docs/configuration.md and editors show (`npm run docs:config`). */
export const fileSchema = z.strictObject({
  // Which names may be is in `cross-rules.ts`, so that a bad one hides no fault beneath it.
  clusters: z
    .record(z.string(), clusterSchema)
    .describe('The clusters that people may name, by name: lower-case letters, digits, `.`, `_`, `-`.'),
  channels: z
    .record(z.string(), channelSchema)
    .default({})
    .describe('What holds in a channel, by its Slack channel id.'),
  schedules: z
    .record(z.string(), scheduleSchema)
    .default({})
    .describe(
      'What is checked at which times, by a name of your choice. People add theirs with `/acknet schedule`.',
    ),
  maintainers: people
    .prefault({})
    .describe(
      'Who may read what acknet could not answer, and bind a name to another cluster. Told by direct message of credentials that end and of changed files that are refused.',
    ),
  people: z
    .record(z.string(), onePerson)
    .default({})
    .describe(
      'Slack accounts that are one person, by a name of your choice: one vote between them, and no approving what the other asked for.',
    ),
  proposals: z
    .strictObject({
      expireAfterSeconds: seconds(7 * DAY)
        .default(1800)
        .describe('A card that was not approved by then is dead.'),
    })
    .prefault({})
    .describe('Cards of fixes.'),
  checks: checksSchema.prefault({}).describe('Limits of checks.'),
  cloud: cloudLimitsSchema
    .prefault({})
    .describe('Calls to the cloud by all workers together, per account. Only downward.'),
  fixes: fixesSchema.prefault({}).describe('Limits of fixes.'),
  retention: retentionSchema.prefault({}).describe('How long, and how much of it, Redis keeps.'),
  log: z
    .strictObject({
      level: z.enum(['debug', 'info', 'warn', 'error']).default('info').describe('The least that is logged.'),
    })
    .prefault({})
    .describe('The log, JSON lines on stdout.'),
  tracing: z
    .strictObject({
      endpoint: z
        .url({ protocol: /^https?$/ })
        .describe('Of the collector, for OTLP over HTTP: `http://collector:4318/v1/traces`.'),
    })
    .optional()
    .describe(
      'OpenTelemetry traces, from what Slack brings to the calls it leads to. `OTEL_EXPORTER_OTLP_HEADERS` and the other variables of OpenTelemetry hold. Absent: none.',
    ),
  http: httpSchema.prefault({}).describe('`/healthz`, `/readyz` and `/metrics`.'),
  inbound: inboundSchema
    .prefault({})
    .describe(
      'The port for what others send; opened by the bot, and only where `alerts` or `inbound.slack` is set.',
    ),
  alerts: alertsSchema
    .optional()
    .describe(
      'Alerts that `POST /alerts` takes; needs `ACKNET_ALERTS_TOKEN`. Absent: none ([Alerts](alerts.md)).',
    ),
});

export type FileConfig = z.infer<typeof fileSchema>;
export type ClusterConfig = FileConfig['clusters'][string];
