import type { Clusters } from '../../cluster/ports.js';
import { mask } from '../../masking/mask.js';
import type { RedisClient } from '../../ops/connect-redis.js';
import type { Logger } from '../../ops/log.js';
import type { Metrics } from '../../ops/metrics.js';
import type { CredentialReporter } from '../ports.js';
import { createToldStages } from './create-told-stages.js';
import { type Credential, readEnds } from './read-ends.js';
import { tellEnding } from './tell-ending.js';

interface WatchOptions {
  readonly clusters: Clusters;
  /** Asked anew at each look: a configuration that is taken up while acknet runs names others. */
  readonly credentials: () => readonly Credential[];
  readonly reporter: CredentialReporter;
  readonly redis: RedisClient;
  readonly prefix: string;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly now: () => Date;
  readonly everyMs: number;
}

/** Looks now and at every interval when credentials end: each worker measures it, and one of them tells maintainers. */
export function startCredentialWatch(options: WatchOptions): { stop(): Promise<void> } {
  const { redis, prefix, logger, now, credentials, metrics, reporter } = options;
  const told = createToldStages(redis, prefix);

  const look = async (): Promise<void> => {
    try {
      const read = await readEnds(credentials(), options);
      metrics.credentialEnds.reset();
      for (const { cluster, use, ends } of read)
        if (ends instanceof Date)
          metrics.credentialEnds.set({ cluster: mask(cluster), use }, ends.getTime() / 1000);
      await tellEnding(read, { told, reporter, logger, now });
    } catch (error) {
      logger.error({ err: error }, 'the ends of credentials were not looked at');
    }
  };
  let looking = look();
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, options.everyMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await looking;
    },
  };
}
