import { loadStoreConfig } from '../../config/config.js';
import { createLedger, type Ledger } from '../../ops/audit/ledger.js';
import { connectRedis, type RedisClient } from '../../ops/connect-redis.js';
import { createLogger } from '../../ops/log.js';
import type { CommandResult, Runtime } from '../runtime.js';

/** Opens the audit log for one command. */
export async function withLedger(
  { prefix }: { readonly prefix: string },
  { env, stderr }: Runtime,
  work: (ledger: Ledger, redis: RedisClient) => Promise<number>,
): CommandResult {
  const { redisUrl, auditKey } = loadStoreConfig(env);
  const logger = createLogger({ level: 'warn', destination: stderr });
  const redis = connectRedis({ url: redisUrl, logger });
  try {
    return await work(createLedger({ redis, prefix, auditKey, logger }), redis);
  } finally {
    redis.disconnect();
  }
}
