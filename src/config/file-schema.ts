import { z } from 'zod';

const DAY = 86_400;
/** Longer than these nobody waits: a number beyond is a slip of units. */
const seconds = (most: number) => z.number().positive().max(most);
const wait = seconds(3600);
const userId = z.string().regex(/^[UW][A-Z0-9]+$/, 'a Slack user id such as U024BE7LH');
const groupId = z.string().regex(/^S[A-Z0-9]+$/, 'a Slack user group id such as S0614TZR7');

const people = z.strictObject({ users: z.array(userId).default([]), groups: z.array(groupId).default([]) });
const credential = z.strictObject({
  /** Path of a kubeconfig file; absent = the service account acknet runs under. */
  kubeconfig: z.string().min(1).optional(),
  context: z.string().min(1).optional(),
});

const byRisk = <S extends z.ZodType>(value: S) =>
  z.strictObject({ low: value.optional(), medium: value.optional(), high: value.optional() });

const policy = z.strictObject({
  /** Votes needed, by risk; absent = 1. */
  quorum: byRisk(z.int().positive().max(10)).prefault({}),
  /** Approvers must say why, by risk; absent = no. */
  requireReason: byRisk(z.boolean()).prefault({}),
  /** Whether who asked for a fix may approve it. */
  selfApproval: z.boolean().default(false),
});

const endpoint = z
  .string()
  .regex(
    /^(?:[a-z0-9][a-z0-9.-]{3,200}(?::\d{2,5})?|https:\/\/[^\s/]{3,200}|http:\/\/(?:127\.0\.0\.1|localhost)(?::\d{2,5})?)$/,
    'a host such as vpc.cn-hangzhou.aliyuncs.com, or its https address',
  )
  .optional();

/** The account that the cluster lives in: absent = nothing of it is read. */
const cloudSchema = z.strictObject({
  clusterId: z.string().regex(/^c[a-z0-9]{32}$/, 'a cluster id: c and 32 letters or digits'),
  region: z.string().regex(/^[a-z]{2}-[a-z0-9-]{2,40}$/, 'a region id such as cn-hangzhou'),
  /** `vpc` = the endpoints inside a VPC. */
  network: z.enum(['public', 'vpc']).default('public'),
  endpoints: z.strictObject({ cs: endpoint, vpc: endpoint, ecs: endpoint, sts: endpoint }).prefault({}),
  /** Role in the cluster's account, where that is another one than the credential's. */
  assumeRole: z
    .string()
    .regex(/^acs:ram::\d{1,20}:role\/[\w.-]{1,64}$/, 'acs:ram::<account>:role/<name>')
    .optional(),
});

const clusterSchema = credential.extend({
  cloud: cloudSchema.optional(),
  fixer: credential.optional(),
  approvers: people.prefault({}),
  policy: policy.prefault({}),
  /** No fixes, and no buttons for them, even where a fixer credential is named. */
  readOnly: z.boolean().default(false),
  /** Times during which nothing may be changed, ISO times. */
  freezes: z
    .array(
      z.strictObject({
        from: z.iso.datetime({ offset: true }),
        to: z.iso.datetime({ offset: true }),
        why: z.string(),
      }),
    )
    .default([]),
  /** Absent = every full member of the workspace may ask for checks. */
  askers: people.optional(),
});

/** What `acknet.yaml` may hold. */
export const fileSchema = z.strictObject({
  /** By name; which names may be is in `cross-rules.ts`, so that a bad one hides no fault beneath it. */
  clusters: z.record(z.string(), clusterSchema),
  channels: z
    .record(
      z.string(),
      z.strictObject({ cluster: z.string().optional(), answerUnmentioned: z.boolean().default(false) }),
    )
    .default({}),
  /** May read what acknet could not answer. */
  maintainers: people.prefault({}),
  /** Slack accounts that are one person, for the rule of one vote a person. */
  people: z.record(z.string(), z.array(userId).min(1)).default({}),
  proposals: z.strictObject({ expireAfterSeconds: seconds(7 * DAY).default(1800) }).prefault({}),
  checks: z
    .strictObject({
      deadlineSeconds: wait.default(120),
      requestTimeoutSeconds: wait.default(15),
      perCluster: z.int().positive().max(100).default(2),
    })
    .prefault({}),
  /** Calls to the cloud by all workers together, per account; only downward. */
  cloud: z
    .strictObject({
      callsPerApi: z.int().min(1).max(30).default(30),
      callsPerMinute: z.int().min(1).max(120).default(120),
      callsAtOnce: z.int().min(1).max(5).default(5),
    })
    .prefault({}),
  fixes: z
    .strictObject({
      podReadySeconds: wait.default(180),
      verifySeconds: wait.default(180),
      lockSeconds: wait.default(30),
    })
    .prefault({}),
  log: z.strictObject({ level: z.enum(['debug', 'info', 'warn', 'error']).default('info') }).prefault({}),
  http: z
    .strictObject({
      port: z.int().min(0).max(65535).default(8080),
      host: z.string().default('0.0.0.0'),
      /** `/queues`: jobs with what people asked, read-only but without a log-in. */
      queueBoard: z.boolean().default(false),
    })
    .prefault({}),
});

export type FileConfig = z.infer<typeof fileSchema>;
export type ClusterConfig = FileConfig['clusters'][string];
