import type { HomeView } from '@slack/types';
import type { HomePresenter } from '../../jobs/ports.js';
import type { Logger } from '../../ops/log.js';
import type { Person } from '../../proposals/proposal.js';
import { onWireView } from '../kit/on-wire.js';
import { slackErrorOf } from '../wire/slack-error.js';
import type { HomeClient } from '../wire/text-client.js';
import { type GatherPorts, gatherHome } from './gather-home.js';
import type { HomeContent } from './home-content.js';
import { homeView, unreadableHome } from './home-view.js';
import type { HomeWatchers } from './home-watchers.js';

export interface Home extends HomePresenter {
  /** Somebody opened it: shown at once, and kept current from now on. */
  open(who: Person): Promise<void>;
}

interface HomePorts extends GatherPorts {
  readonly client: HomeClient;
  readonly watchers: HomeWatchers;
  readonly logger: Logger;
  readonly now: () => Date;
  /** Between two Homes shown anew: Slack takes about a hundred a minute. */
  readonly pause: (signal: AbortSignal) => Promise<void>;
}

/** The Home tab: shown to who opens it, and again to all who have it open when something changed. */
export function createHome(ports: HomePorts): Home {
  const { client, watchers, logger, now } = ports;

  const publish = async (who: Person, view: HomeView): Promise<void> => {
    await client.views
      .publish({ user_id: who.user, view: onWireView(view) })
      .catch(async (error: unknown) => {
        logger.debug({ err: error, user: who.user }, 'Home not shown');
        // A refusal stays one; where Slack was away, the next change is shown.
        if (slackErrorOf(error) !== undefined) await watchers.forget(who);
      });
  };

  return {
    open: async (who) => {
      await watchers.add(who).catch((error: unknown) => logger.debug({ err: error }, 'Home is not followed'));
      try {
        const content = await gatherHome(ports, who);
        await watchers.isNews(who, seenIn(content));
        await publish(who, homeView(content, now()));
      } catch (error) {
        logger.warn({ err: error, user: who.user }, 'Home could not be gathered');
        await publish(who, unreadableHome());
      }
    },

    refresh: async (signal) => {
      for (const who of await watchers.all()) {
        if (signal.aborted) return;
        const content = await gatherHome(ports, who);
        if (!(await watchers.isNews(who, seenIn(content)))) continue;
        await publish(who, homeView(content, now()));
        await ports.pause(signal);
      }
    },
  };
}

/** All of it but the time, which alone is no news. */
const seenIn = (content: HomeContent): string => JSON.stringify(homeView(content, new Date(0)));
