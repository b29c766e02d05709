import type { ConfigState } from '../../config/config-state.js';
import type { RedisClient } from '../../ops/connect-redis.js';
import type { Logger } from '../../ops/log.js';
import type { ConfigReporter } from '../ports.js';
import { createRefusalTeller } from './create-refusal-teller.js';
import { createToldRefusals } from './create-told-refusals.js';

interface WatchOptions {
  readonly state: () => ConfigState;
  readonly reporter: ConfigReporter;
  readonly redis: RedisClient;
  readonly prefix: string;
  readonly logger: Logger;
  readonly now: () => Date;
  readonly everyMs: number;
}

/** Looks at every interval whether this worker refuses its files, and has maintainers told, once over all workers. */
export function startConfigWatch(options: WatchOptions): { stop(): Promise<void> } {
  const { redis, prefix, state, logger, everyMs } = options;
  const tell = createRefusalTeller({ ...options, told: createToldRefusals(redis, prefix) });
  let looking = Promise.resolve();
  const look = (): Promise<void> =>
    tell(state()).catch((err: unknown) =>
      logger.error({ err }, 'maintainers were not told of the configuration: acknet tries again'),
    );
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, everyMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await looking;
    },
  };
}
