import type { App } from '@slack/bolt';
import { z } from 'zod';
import { readPersonMessage } from '../questions/message-events.js';
import type { HeardBefore } from './heard-before.js';

const happened = z.object({ event_id: z.string() });
const interaction = z.object({ trigger_id: z.string() });
const spoken = z.object({
  event: z.looseObject({ type: z.enum(['message', 'app_mention']), channel: z.string(), ts: z.string() }),
});

/**
 * Drops what was heard before. Commands and clicks are done once, by their trigger; what was said in a channel is one
 * thing by its place there, however many events tell this bot of it; what other bots are told of it is left to what it leads
 * to. What no person said, such as acknet's own posts, leads to nothing and is not noted. Any other event is one thing by its id,
 * which a retry keeps.
 */
export function onDuplicates(app: App, { heard }: { readonly heard: HeardBefore }): void {
  app.use(async (args) => {
    const said = spoken.safeParse(args.body);
    if (said.success) {
      const { channel, ts } = said.data.event;
      if (readPersonMessage(said.data.event) === undefined) return args.next();
      return heard.onceHere(`${channel}:${ts}`, args.next);
    }
    const event = happened.safeParse(args.body);
    if (event.success) return heard.once(`event:${event.data.event_id}`, args.next);
    const clicked = interaction.safeParse(args.body);
    if (!clicked.success || (await heard.first(`trigger:${clicked.data.trigger_id}`))) return args.next();
    if ('ack' in args && typeof args.ack === 'function') await (args.ack as () => Promise<void>)();
  });
}
