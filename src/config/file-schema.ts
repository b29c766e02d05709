import { z } from 'zod';
import { alertsSchema } from './alerts-schema.js';
import { onePerson, people } from './names-schema.js';
import { readScheduleTime } from './schedule-time.js';

const DAY = 86_400;
/** Longer than these nobody waits: a number beyond is a slip of units. */
const seconds = (most: number) => z.number().positive().max(most);
const wait = seconds(3600);
const credential = z.strictObject({
  kubeconfig: z
    .string()
    .regex(/^[^~]/, 'a path, absolute or relative to acknet.yaml (~ stands for no folder here)')
    .optional()
    .describe(
      'Path of a kubeconfig file, relative to acknet.yaml. Absent: the service account that acknet runs under.',
    ),
  context: z.string().min(1).optional().describe('Context in it. Absent: its `current-context`.'),
});

const byRisk = <S extends z.ZodType>(value: S) =>
  z.strictObject({ low: value.optional(), medium: value.optional(), high: value.optional() });

const policy = z.strictObject({
  quorum: byRisk(z.int().positive().max(10)).prefault({}).describe('Votes needed, by risk. Absent: 1.'),
  requireReason: byRisk(z.boolean())
    .prefault({})
    .describe('Whether approvers must say why, by risk. Absent: no.'),
  selfApproval: z.boolean().default(false).describe('Whether who asked for a fix may approve it.'),
});

const endpoint = z
  .string()
  .regex(
    /^(?:[a-z0-9][a-z0-9.-]{3,200}(?::\d{2,5})?|https:\/\/[^\s/]{3,200}|http:\/\/(?:127\.0\.0\.1|localhost)(?::\d{2,5})?)$/,
    'a host such as vpc.cn-hangzhou.aliyuncs.com, or its https address',
  )
  .optional();

const cloudSchema = z.strictObject({
  clusterId: z
    .string()
    .regex(/^c[a-z0-9]{32}$/, 'a cluster id: c and 32 letters or digits')
    .describe('The id of the cluster in its account.'),
  region: z
    .string()
    .regex(/^[a-z]{2}-[a-z0-9-]{2,40}$/, 'a region id such as cn-hangzhou')
    .describe('The region it lives in.'),
  network: z
    .enum(['public', 'vpc'])
    .default('public')
    .describe('Which endpoints of the cloud are called; `vpc`: those inside a VPC.'),
  endpoints: z
    .strictObject({ cs: endpoint, vpc: endpoint, ecs: endpoint, sts: endpoint })
    .prefault({})
    .describe('Endpoints by API, only where the rule of the region does not hold.'),
  assumeRole: z
    .string()
    .regex(/^acs:ram::\d{1,20}:role\/[\w.-]{1,64}$/, 'acs:ram::<account>:role/<name>')
    .optional()
    .describe("Role in the cluster's account, where that is another one than the credential's."),
});

const freeze = z.strictObject({
  from: z.iso.datetime({ offset: true }).describe('ISO time with its offset.'),
  to: z.iso.datetime({ offset: true }).describe('ISO time with its offset, after `from`.'),
  why: z.string().describe('Said to who tries to change something meanwhile.'),
});

const clusterSchema = credential.extend({
  cloud: cloudSchema
    .optional()
    .describe('The account that the cluster lives in, read only. Absent: nothing of it is read.'),
  fixer: credential.optional().describe('The credential that applies approved fixes. Absent: no fixes.'),
  approvers: people.prefault({}).describe('Who may approve fixes. Both empty: nobody.'),
  policy: policy.prefault({}).describe('What an approval takes.'),
  readOnly: z
    .boolean()
    .default(false)
    .describe('No fixes, and no buttons for them, even where a fixer credential is named.'),
  freezes: z.array(freeze).default([]).describe('Times during which nothing may be changed.'),
  askers: people
    .optional()
    .describe('Who may ask for checks and see their results. Absent: every full member of the workspace.'),
});

const channel = z.strictObject({
  cluster: z.string().optional().describe('The cluster meant where none is named.'),
  answerUnmentioned: z
    .boolean()
    .default(false)
    .describe('Whether acknet may answer questions that do not mention it.'),
});

const schedule = z.strictObject({
  cluster: z.string().describe('A name under `clusters`, or `all`.'),
  when: z
    .string()
    .refine((text) => readScheduleTime(text).ok, 'a time such as every 6h or daily 09:00 Asia/Shanghai')
    .describe('`every 6h`, `daily 09:00 Asia/Shanghai`, `weekdays 09:00`, `mondays 08:30 Europe/Berlin`.'),
  channel: z
    .string()
    .regex(/^[CGD][A-Z0-9]+$/, 'a Slack channel id such as C024BE91L')
    .describe('Where the outcome is posted, by its Slack channel id.'),
  always: z
    .boolean()
    .default(false)
    .describe('Whether it posts each time. Else only what changed since its last run.'),
});

const checks = z.strictObject({
  deadlineSeconds: wait.default(120).describe('What did not finish by then is unknown.'),
  requestTimeoutSeconds: wait.default(15).describe('For one request to an API server.'),
  perCluster: z.int().positive().max(100).default(2).describe('Runs at a time on one cluster.'),
});

const cloud = z.strictObject({
  callsPerApi: z.int().min(1).max(30).default(30).describe('A minute, for each API.'),
  callsPerMinute: z.int().min(1).max(120).default(120).describe('A minute, all APIs together.'),
  callsAtOnce: z.int().min(1).max(5).default(5).describe('At the same time.'),
});

const fixes = z.strictObject({
  podReadySeconds: wait
    .default(180)
    .describe('How long a replaced pod may take to become Ready before the roll-out stops.'),
  verifySeconds: wait.default(180).describe('How long to wait for the check to turn clear after a fix.'),
  lockSeconds: wait
    .default(30)
    .describe("Lease of the cluster's lock: a dead worker's fix is taken over after it."),
});

const keepDays = z.int().min(1).max(3650);
const keepMost = z.int().min(1).max(1_000_000);
const retention = z.strictObject({
  runs: z
    .strictObject({
      days: keepDays.default(14).describe('Then a result and its buttons are gone.'),
      most: keepMost.default(10_000).describe('So many results, the newest ones.'),
    })
    .prefault({})
    .describe('Results of checks.'),
  cards: z
    .strictObject({
      days: keepDays.default(90).describe('After a fix ended: for `history` and undo.'),
      most: keepMost.default(5000).describe('So many that ended a cluster, the newest ones.'),
    })
    .prefault({})
    .describe('Fixes that ended. One that is open stays.'),
  questions: z
    .strictObject({
      days: keepDays.default(30).describe('What was asked and answered.'),
      most: keepMost.default(5000).describe('So many that were not placed or were rated.'),
    })
    .prefault({})
    .describe('Questions, and what people thought of the answers.'),
  audit: z
    .strictObject({
      days: keepDays.optional().describe('Older records are archived. Absent: age is no reason.'),
      records: keepMost.optional().describe('So many stay in Redis. Absent: number is no reason.'),
    })
    .prefault({})
    .describe('What `acknet audit archive` takes where it is not told. Nothing is archived by itself.'),
});

const http = z.strictObject({
  port: z.int().min(0).max(65535).default(8080).describe('0: one that is free.'),
  host: z.string().default('0.0.0.0').describe('The address to listen on.'),
  queueBoard: z
    .boolean()
    .default(false)
    .describe(
      'Serve `/queues`: jobs with what people asked, to look at. Needs `ACKNET_BOARD_PASSWORD`, which it asks for.',
    ),
});

const inbound = z.strictObject({
  slack: z
    .boolean()
    .default(false)
    .describe(
      'Whether Slack sends to `/slack/events` of this port, in place of Socket Mode; needs `SLACK_SIGNING_SECRET`.',
    ),
  port: z.int().min(0).max(65535).default(8081).describe('0: one that is free.'),
  host: z.string().default('0.0.0.0').describe('The address to listen on.'),
});

/** What `acknet.yaml` may hold. Descriptions are what docs/configuration.md and editors show (`npm run docs:config`). */
export const fileSchema = z.strictObject({
  // Which names may be is in `cross-rules.ts`, so that a bad one hides no fault beneath it.
  clusters: z
    .record(z.string(), clusterSchema)
    .describe('The clusters that people may name, by name: lower-case letters, digits, `.`, `_`, `-`.'),
  channels: z
    .record(z.string(), channel)
    .default({})
    .describe('What holds in a channel, by its Slack channel id.'),
  schedules: z
    .record(z.string(), schedule)
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
  checks: checks.prefault({}).describe('Limits of checks.'),
  cloud: cloud
    .prefault({})
    .describe('Calls to the cloud by all workers together, per account. Only downward.'),
  fixes: fixes.prefault({}).describe('Limits of fixes.'),
  retention: retention.prefault({}).describe('How long, and how much of it, Redis keeps.'),
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
  http: http.prefault({}).describe('`/healthz`, `/readyz` and `/metrics`.'),
  inbound: inbound
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
