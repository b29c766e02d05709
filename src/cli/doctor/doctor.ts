import { WebClient } from '@slack/web-api';
import { defaultTuning } from '../../wiring/app-ports.js';
import { createClusters } from '../../cluster/kube/connecting/create-clusters.js';
import { type Config, loadConfig, loadFileConfig } from '../../config/config.js';
import { checkpointKey } from '../../ops/audit/checkpoint-key.js';
import { createKeyring } from '../../ops/audit/keyring.js';
import { openRedis } from '../../ops/open-redis.js';
import { doctorTexts } from '../../texts/cli/doctor.js';
import { fixerRules, readerRules } from '../rbac.js';
import type { CommandResult, Runtime } from '../runtime.js';
import { cloudSymptoms, printProbes } from './cloud-symptoms.js';
import { examineChannels } from './examine-channels.js';
import { examineClock } from './examine-clock.js';
import { examineCluster } from './examine-cluster.js';
import { examineExpiry } from './examine-expiry.js';
import { examineInbound } from './examine-inbound.js';
import { examineRedis } from './examine-redis.js';
import { wayToSlack } from '../../slack/wire/way-to-slack.js';
import { examineAppToken, examineSlack } from './examine-slack.js';
import { examineUid } from './examine-uid.js';
import { printSymptoms } from './print-symptoms.js';
import { fault, ok, type Symptom } from './symptom.js';

interface DoctorFlags {
  /** Look at nothing but the cloud's side. */
  readonly cloud?: boolean;
  /** Print what each call answers, without what it is about, for a bug report. */
  readonly probe?: boolean;
}

/** Exit code 0 all is as it should be, 1 a fault, 2 something could not be looked at. */
export async function doctor({ cloud, probe }: DoctorFlags, runtime: Runtime): CommandResult {
  const { env, stdout, stop, now } = runtime;
  if (probe) return printProbes(await loadFileConfig(env.ACKNET_CONFIG ?? 'acknet.yaml'), runtime);
  if (cloud) {
    const file = await loadFileConfig(env.ACKNET_CONFIG ?? 'acknet.yaml');
    return printSymptoms(await cloudSymptoms(file, runtime), stdout);
  }
  const config = await loadConfig(env);
  const symptoms = (
    await Promise.all([
      slackSymptoms(config),
      examineChannels(slackClient(config), config),
      redisSymptoms(config),
      clusterSymptoms(config, { signal: stop, now }),
      cloudSymptoms(config, runtime),
      examineAuditKey(config),
      examineInbound(config),
    ])
  ).flat();
  return printSymptoms(symptoms, stdout);
}

async function slackSymptoms(config: Config): Promise<readonly Symptom[]> {
  const { appToken } = config.slack;
  const bot = examineSlack(slackClient(config));
  if (appToken === undefined || config.inbound.slack) return bot;
  return [...(await bot), await examineAppToken(slackClient(config, appToken))];
}

const slackClient = ({ slack }: Config, token = slack.botToken): WebClient =>
  new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    fetch: wayToSlack(slack.proxy).fetch,
    retryConfig: { retries: 0 },
    timeout: 10_000,
  });

async function redisSymptoms({ redisUrl }: Config): Promise<readonly Symptom[]> {
  const redis = openRedis(redisUrl, {
    lazyConnect: true,
    maxRetriesPerRequest: 1,
    retryStrategy: () => null,
    sentinelRetryStrategy: () => null,
  });
  redis.on('error', () => undefined);
  try {
    return await examineRedis(redis as unknown as Parameters<typeof examineRedis>[0], defaultTuning.prefix);
  } finally {
    redis.disconnect();
  }
}

async function clusterSymptoms(
  config: Config,
  { signal, now }: { readonly signal: AbortSignal; readonly now: () => Date },
): Promise<readonly Symptom[]> {
  const clusters = createClusters(config.clusters, {
    requestTimeoutMs: config.checks.requestTimeoutSeconds * 1000,
  });
  const { users, groups } = config.maintainers;
  const isTold = users.length + groups.length > 0;
  try {
    const examined = await Promise.all(
      clusters.names.flatMap((name) => {
        const access = clusters.get(name);
        const fixer = config.clusters[name]?.fixer;
        return [
          examineUid(access, signal).then((symptom) => [symptom]),
          examineClock({ access, now, signal }).then((symptom) => [symptom]),
          ...(fixer === undefined ? (['reader'] as const) : (['reader', 'fixer'] as const)).map((who) =>
            examineExpiry({ access, who, now, isTold }).then((symptom) => [symptom]),
          ),
          examineCluster({ access, who: 'reader', rules: readerRules([]), signal }),
          fixer === undefined
            ? Promise.resolve([ok(doctorTexts.noFixer(name))])
            : examineCluster({ access, who: 'fixer', rules: fixerRules([]), signal }),
        ];
      }),
    );
    return examined.flat();
  } finally {
    await clusters.close();
  }
}

/** What the audit log and the seals are worth. */
export function examineAuditKey({ auditKey }: Pick<Config, 'auditKey'>): Symptom {
  const signs = checkpointKey(createKeyring(auditKey));
  if (signs !== undefined) return ok(doctorTexts.auditKey.keyed(signs.publicKey));
  return fault(doctorTexts.auditKey.missing, doctorTexts.auditKey.set);
}
