import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { Queues } from '../jobs/queues/queues.js';
import type { RedisClient } from '../ops/connect-redis.js';
import type { Logger } from '../ops/log.js';
import type { Person } from '../proposals/proposal.js';
import { createHome, type Home } from '../slack/home/create-home.js';
import type { GatherPorts } from '../slack/home/gather-home.js';
import { createHomeWatchers } from '../slack/home/home-watchers.js';
import { channelOf } from '../slack/wire/posts/find-posted.js';
import type { HomeClient } from '../slack/wire/text-client.js';

interface HomeParts extends GatherPorts {
  readonly queues: Pick<Queues, 'running' | 'home'>;
  readonly client: WebClient;
  /** Its rate limit holds up no form and no answer. */
  readonly edits: HomeClient;
  readonly logger: Logger;
  readonly now: () => Date;
}

interface HomeLimits {
  readonly redis: RedisClient;
  readonly prefix: string;
  readonly everyMs: number;
}

interface BuiltHome {
  readonly home: Home;
  /** Something that Home shows has changed. Never throws. */
  readonly showHome: () => Promise<void>;
  readonly directChannel: (who: Person) => Promise<string>;
}

/** Home, and what brings it up to date: nothing at all while nobody has it open. */
export function buildHome(parts: HomeParts, { redis, prefix, everyMs }: HomeLimits): BuiltHome {
  const { client, queues, logger, now } = parts;
  const watchers = createHomeWatchers({ redis, prefix, now });
  const pause = (signal: AbortSignal) => sleep(everyMs, undefined, { signal }).catch(() => undefined);
  return {
    home: createHome({ ...parts, client: parts.edits, watchers, pause }),
    showHome: async () => {
      try {
        if ((await watchers.all()).length > 0) await queues.home();
      } catch (error) {
        logger.debug({ err: error }, 'Home not shown anew');
      }
    },
    directChannel: ({ user }) => channelOf(client, user),
  };
}
