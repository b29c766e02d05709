import type { HomeView } from '@slack/types';
import type { Queues } from '../../jobs/queues/queues.js';
import type { HomePresenter } from '../../jobs/ports.js';
import type { Logger } from '../../ops/log.js';
import type { Person } from '../../proposals/proposal.js';
import { homeTexts } from '../../texts/home.js';
import { onWireView } from '../kit/on-wire.js';
import { slackFault } from '../wire/slack-error.js';
import type { HomeClient } from '../wire/text-client.js';
import { type GatherPorts, gatherHome } from './gather-home.js';
import type { HomeContent } from './home-content.js';
import { homeView, unreadableHome } from './home-view.js';
import type { HomeWatchers } from './home-watchers.js';
import { shareReads } from './share-reads.js';

export interface Home extends HomePresenter {
  /** Somebody opened it: shown at once, and kept current from now on. */
  open(who: Person): Promise<void>;
}

interface HomePorts extends GatherPorts {
  readonly queues: GatherPorts['queues'] & Pick<Queues, 'home'>;
  readonly client: HomeClient;
  readonly watchers: HomeWatchers;
  readonly logger: Logger;
  readonly now: () => Date;
  /** Between two Homes shown anew: Slack takes about a hundred calls a minute, and edits need some of them. */
  readonly pause: (signal: AbortSignal) => Promise<void>;
}

interface Shown {
  readonly view: HomeView;
  /** All of it but the time, which alone is no news. */
  readonly seen: string;
}

/** The Home tab: shown to who opens it, and again to all who have it open when something changed. */
export function createHome(ports: HomePorts): Home {
  const { client, watchers, queues, logger, now } = ports;

  const shownOf = (content: HomeContent): Shown => ({
    view: homeView(content, now()),
    seen: JSON.stringify(homeView(content, new Date(0))),
  });

  /** Throws where another try may do it; who is refused for good is forgotten. */
  const show = async (who: Person, { view, seen }: Shown): Promise<void> => {
    try {
      await client.views.publish({ user_id: who.user, view: onWireView(view) });
    } catch (error) {
      const fault = slackFault(error, homeTexts.attempts.publish);
      if (fault.retry) throw fault;
      logger.debug({ err: error, user: who.user }, 'Home is refused');
      return watchers.forget(who);
    }
    await watchers.showed(who, seen);
  };

  const bringUpToDate = async (who: Person, round: GatherPorts, signal: AbortSignal): Promise<void> => {
    const shown = shownOf(await gatherHome(round, who));
    if (!(await watchers.isNews(who, shown.seen))) return;
    await show(who, shown).finally(() => ports.pause(signal));
  };

  return {
    open: async (who) => {
      await watchers.add(who).catch((error: unknown) => logger.debug({ err: error }, 'Home is not followed'));
      const shown = await gatherHome(ports, who).then(shownOf, (error: unknown) => {
        logger.warn({ err: error, user: who.user }, 'Home could not be gathered');
        return { view: unreadableHome(), seen: '' };
      });
      try {
        await show(who, shown);
      } catch (error) {
        logger.debug({ err: error, user: who.user }, 'Home is shown later');
        await queues.home().catch((err: unknown) => logger.debug({ err }, 'Home is not shown'));
      }
    },

    /** One whose Home cannot be shown keeps it from nobody else. */
    refresh: async (signal) => {
      const faults: unknown[] = [];
      const round = shareReads(ports);
      for (const who of await watchers.all()) {
        if (signal.aborted) return;
        await bringUpToDate(who, round, signal).catch((error: unknown) => {
          logger.debug({ err: error, user: who.user }, 'Home not shown');
          faults.push(error);
        });
      }
      // Tried again by the queue: who was shown theirs is not shown it twice.
      if (faults.length > 0) throw faults[0];
    },
  };
}
