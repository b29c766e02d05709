import { crossFaults } from './cross-rules.js';
import { describeFaults, faultLine, refuseFaults } from './describe-faults.js';
import { type Environment, environmentSchema } from './environment/environment-schema.js';
import { type FileConfig, fileSchema } from './file-schema.js';
import { dropEmpty, type ForwardProxy, proxiesNamed, proxyOf } from './environment/load-proxy.js';
import { readConfigFile } from './read-config-file.js';
import { readSecret } from './environment/read-secret.js';

export type { ClusterConfig, FileConfig } from './file-schema.js';

export interface Config extends FileConfig {
  readonly slack: {
    readonly botToken: string;
    readonly apiUrl: string;
    /** What leads there, from HTTPS_PROXY and NO_PROXY; absent = straight. */
    readonly proxy?: ForwardProxy | undefined;
    /** For Socket Mode; there unless `inbound.slack` is set. */
    readonly appToken?: string | undefined;
    /** There where `inbound.slack` is set, and only there. */
    readonly signingSecret?: string | undefined;
  };
  readonly redisUrl: string;
  /** Keys the audit chain and all seals; several comma separated, newest first. Absent = nothing is proof against who can write to Redis. */
  readonly auditKey?: string | undefined;
  /** What alerts must carry; there wherever `alerts` is. */
  readonly alertsToken?: string | undefined;
  /** What the queue board asks for; there wherever `http.queueBoard` is on. */
  readonly boardPassword?: string | undefined;
}

/** What `acknet check` on a terminal needs: the file without the Slack and Redis secrets. */
export async function loadFileConfig(file: string): Promise<FileConfig> {
  const faults: string[] = [];
  const parsed = await readConfigFile(file, faults);
  refuseFaults(faults, file);
  return deepFreeze(parsed as FileConfig);
}

/** Reads `acknet.yaml` and the environment; throws one `config.invalid` that lists every fault by path. */
export async function loadConfig(env: Readonly<Record<string, string | undefined>>): Promise<Config> {
  const file = env.ACKNET_CONFIG ?? 'acknet.yaml';
  const faults: string[] = [];
  const parsed = await readConfigFile(file, faults);
  const given = proxiesNamed(dropEmpty(env));
  const environment = environmentSchema.safeParse(given);
  if (!environment.success) faults.push(...describeFaults(environment.error, given, 'secret'));
  const values = environment.data as Environment;
  const asking = { env: given, faults };
  const alerts = parsed?.alerts === undefined ? undefined : 'alerts';
  const alertsToken = await readSecret({ name: 'ACKNET_ALERTS_TOKEN', neededBy: alerts, ...asking });
  const board = parsed?.http.queueBoard ? 'http.queueBoard' : undefined;
  const boardPassword = await readSecret({ name: 'ACKNET_BOARD_PASSWORD', neededBy: board, ...asking });
  faults.push(...wayFaults(given, parsed?.inbound.slack === true));
  refuseFaults(faults, file);

  return deepFreeze({
    ...(parsed as FileConfig),
    slack: {
      botToken: values.SLACK_BOT_TOKEN,
      appToken: values.SLACK_APP_TOKEN,
      signingSecret: parsed?.inbound.slack ? values.SLACK_SIGNING_SECRET : undefined,
      apiUrl: values.SLACK_API_URL,
      proxy: proxyOf(values),
    },
    redisUrl: values.ACKNET_REDIS_URL,
    auditKey: values.ACKNET_AUDIT_KEY,
    alertsToken,
    boardPassword,
  });
}

/** What the way that Slack is reached by needs. */
function wayFaults(env: Readonly<Record<string, string>>, overHttp: boolean): string[] {
  const [name, what] = overHttp
    ? ['SLACK_SIGNING_SECRET', 'a secret, since acknet.yaml has inbound.slack']
    : ['SLACK_APP_TOKEN', 'a token that starts with xapp-, unless acknet.yaml has inbound.slack'];
  return env[name as string] === undefined ? [faultLine(name as string, what as string, 'nothing')] : [];
}

type StoreConfig = Pick<Config, 'redisUrl' | 'auditKey'>;

/** What reading the audit log needs: the environment without the Slack secrets, and no file. */
export function loadStoreConfig(env: Readonly<Record<string, string | undefined>>): StoreConfig {
  const parsed = environmentSchema
    .pick({ ACKNET_REDIS_URL: true, ACKNET_AUDIT_KEY: true })
    .safeParse(dropEmpty(env));
  if (!parsed.success)
    refuseFaults(describeFaults(parsed.error, dropEmpty(env), 'secret'), 'the environment');
  const values = parsed.data as { ACKNET_REDIS_URL: string; ACKNET_AUDIT_KEY?: string };
  return {
    redisUrl: values.ACKNET_REDIS_URL,
    auditKey: values.ACKNET_AUDIT_KEY,
  };
}

/** A configuration made in code, held to the same schema; throws `config.invalid` like the file would. */
export function parseConfig(
  file: unknown,
  rest: Pick<Config, 'slack' | 'redisUrl' | 'auditKey' | 'alertsToken' | 'boardPassword'>,
): Config {
  const parsed = fileSchema.safeParse(file);
  const faults = parsed.success ? [] : describeFaults(parsed.error, file, 'plain');
  refuseFaults([...crossFaults(file), ...faults], 'the configuration in code');
  return deepFreeze({ ...(parsed.data as FileConfig), ...rest });
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
