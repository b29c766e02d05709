import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isMap, parseDocument } from 'yaml';
import { z } from 'zod';
import { AcknetError } from './errors.js';

const seconds = z.number().positive();
const userId = z.string().regex(/^[UW][A-Z0-9]+$/, 'a Slack user id such as U024BE7LH');
const groupId = z.string().regex(/^S[A-Z0-9]+$/, 'a Slack user group id such as S0614TZR7');
const channelId = z.string().regex(/^[CGD][A-Z0-9]+$/, 'a Slack channel id such as C024BE91L');

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

const clusterSchema = credential.extend({
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

const fileSchema = z.strictObject({
  clusters: z.record(
    z.string().regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, 'a lower-case cluster name'),
    clusterSchema,
  ),
  channels: z
    .record(
      channelId,
      z.strictObject({ cluster: z.string().optional(), answerUnmentioned: z.boolean().default(false) }),
    )
    .default({}),
  /** May read what acknet could not answer. */
  maintainers: people.prefault({}),
  /** Slack accounts that are one person, for the rule of one vote a person. */
  people: z.record(z.string(), z.array(userId).min(1)).default({}),
  proposals: z.strictObject({ expireAfterSeconds: seconds.default(1800) }).prefault({}),
  checks: z
    .strictObject({
      deadlineSeconds: seconds.default(120),
      requestTimeoutSeconds: seconds.default(15),
      perCluster: z.int().positive().default(2),
    })
    .prefault({}),
  fixes: z
    .strictObject({
      podReadySeconds: seconds.default(180),
      verifySeconds: seconds.default(180),
      lockSeconds: seconds.default(30),
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

const secret = (prefix: string) => z.string().startsWith(prefix, `a token that starts with ${prefix}`);
const environmentSchema = z.object({
  SLACK_BOT_TOKEN: secret('xoxb-'),
  SLACK_APP_TOKEN: secret('xapp-'),
  SLACK_API_URL: z.url().default('https://slack.com/api/'),
  ACKNET_REDIS_URL: z.url({ protocol: /^rediss?$/ }).default('redis://127.0.0.1:6379'),
  ACKNET_AUDIT_KEY: z
    .string()
    .refine((text) => text.split(',').every((key) => key.trim().length >= 16), {
      error: '16 characters or more a key, several keys comma separated, newest first',
    })
    .optional(),
});

export type FileConfig = z.infer<typeof fileSchema>;
export type ClusterConfig = FileConfig['clusters'][string];

export interface Config extends FileConfig {
  readonly slack: { readonly botToken: string; readonly appToken: string; readonly apiUrl: string };
  readonly redisUrl: string;
  /** Keys the audit chain and all seals; several comma separated, newest first. Absent = nothing is proof against who can write to Redis. */
  readonly auditKey?: string | undefined;
}

/** What `acknet check` on a terminal needs: the file without the Slack and Redis secrets. */
export async function loadFileConfig(file: string): Promise<FileConfig> {
  const faults: string[] = [];
  const parsed = await readConfigFile(file, faults);
  refuse(faults, file);
  return deepFreeze(parsed as FileConfig);
}

/** Reads `acknet.yaml` and the environment; throws one `config.invalid` that lists every fault by path. */
export async function loadConfig(env: Readonly<Record<string, string | undefined>>): Promise<Config> {
  const file = env.ACKNET_CONFIG ?? 'acknet.yaml';
  const faults: string[] = [];
  const parsed = await readConfigFile(file, faults);
  const environment = environmentSchema.safeParse(dropEmpty(env));
  if (!environment.success) faults.push(...describe(environment.error, dropEmpty(env), 'secret'));
  refuse(faults, file);

  const values = environment.data as z.infer<typeof environmentSchema>;
  return deepFreeze({
    ...(parsed as FileConfig),
    slack: {
      botToken: values.SLACK_BOT_TOKEN,
      appToken: values.SLACK_APP_TOKEN,
      apiUrl: values.SLACK_API_URL,
    },
    redisUrl: values.ACKNET_REDIS_URL,
    auditKey: values.ACKNET_AUDIT_KEY,
  });
}

type StoreConfig = Pick<Config, 'redisUrl' | 'auditKey'>;

/** What reading the audit log needs: the environment without the Slack secrets, and no file. */
export function loadStoreConfig(env: Readonly<Record<string, string | undefined>>): StoreConfig {
  const parsed = environmentSchema
    .pick({ ACKNET_REDIS_URL: true, ACKNET_AUDIT_KEY: true })
    .safeParse(dropEmpty(env));
  if (!parsed.success) refuse(describe(parsed.error, dropEmpty(env), 'secret'), 'the environment');
  const values = parsed.data as { ACKNET_REDIS_URL: string; ACKNET_AUDIT_KEY?: string };
  return {
    redisUrl: values.ACKNET_REDIS_URL,
    auditKey: values.ACKNET_AUDIT_KEY,
  };
}

/** A configuration made in code, held to the same schema; throws `config.invalid` like the file would. */
export function parseConfig(file: unknown, rest: Pick<Config, 'slack' | 'redisUrl' | 'auditKey'>): Config {
  const parsed = fileSchema.safeParse(file);
  if (!parsed.success) refuse(describe(parsed.error, file, 'plain'), 'the configuration in code');
  return deepFreeze({ ...(parsed.data as FileConfig), ...rest });
}

async function readConfigFile(file: string, faults: string[]): Promise<FileConfig | undefined> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    faults.push(
      `${file}: cannot be read (${cause.code}). Set ACKNET_CONFIG to its path; docs/acknet.example.yaml is a start.`,
    );
    return undefined;
  });
  if (text === undefined) return undefined;

  const document = parseDocument(text);
  if (document.errors.length > 0 || !isMap(document.contents)) {
    const detail = document.errors.map((error) => error.message.split('\n')[0]).join('; ');
    faults.push(`${file}: expected a YAML mapping${detail && `; ${detail}`}`);
    return undefined;
  }

  const value: unknown = document.toJS();
  const parsed = fileSchema.safeParse(value);
  if (!parsed.success) {
    faults.push(...describe(parsed.error, value, 'plain'));
    return undefined;
  }
  faults.push(...danglingClusters(parsed.data));
  return resolvePaths(parsed.data, path.dirname(path.resolve(file)));
}

function danglingClusters(config: FileConfig): string[] {
  return Object.entries(config.channels)
    .filter(([, channel]) => channel.cluster !== undefined && !(channel.cluster in config.clusters))
    .map(
      ([id, channel]) => `channels.${id}.cluster: expected a name under clusters, found "${channel.cluster}"`,
    );
}

/** Paths in the file are relative to the file, not to where acknet was started. */
function resolvePaths(config: FileConfig, base: string): FileConfig {
  const absolute = <C extends { kubeconfig?: string | undefined }>(value: C): C =>
    value.kubeconfig === undefined ? value : { ...value, kubeconfig: path.resolve(base, value.kubeconfig) };
  const clusters = Object.entries(config.clusters).map(([name, cluster]) => [
    name,
    { ...absolute(cluster), ...(cluster.fixer && { fixer: absolute(cluster.fixer) }) },
  ]);
  return { ...config, clusters: Object.fromEntries(clusters) };
}

function describe(error: z.ZodError, input: unknown, kind: 'plain' | 'secret'): string[] {
  return error.issues.flatMap((issue) => {
    const at = issue.path.join('.') || '(top level)';
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => `${[...issue.path, key].join('.')}: unknown key`);
    if (issue.code === 'invalid_key')
      return issue.issues.map(({ message }) => `${at}: ${expectation(message)} as key`);
    return [`${at}: ${expectation(issue.message)}, found ${shown(valueAt(input, issue.path), kind, at)}`];
  });
}

function expectation(message: string): string {
  return /^(Invalid|Too|Unrecognized)/.test(message) ? message : `expected ${message}`;
}

/** Secrets are never repeated: their length is enough to see an empty or truncated one. */
function shown(value: unknown, kind: 'plain' | 'secret', at: string): string {
  if (value === undefined) return 'nothing';
  if (kind === 'secret' || /token|secret|password|key/i.test(at))
    return `a text of ${String(value).length} characters (masked)`;
  return JSON.stringify(value)?.slice(0, 80) ?? String(value);
}

function valueAt(input: unknown, at: readonly PropertyKey[]): unknown {
  return at.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    input,
  );
}

function dropEmpty(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}

function refuse(faults: readonly string[], file: string): void {
  if (faults.length === 0) return;
  throw new AcknetError(
    'config.invalid',
    `The configuration has ${faults.length} fault(s):\n- ${faults.join('\n- ')}`,
    {
      hint: `Correct ${file} or the environment; docs/acknet.example.yaml explains every key.`,
    },
  );
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
