import type { App } from '@slack/bolt';
import type { SlackServices } from '../slack-services.js';

/**
 * Slack delivers at least once. Commands and interactions are dropped the second time by their trigger id; events
 * by what they lead to (a question is one job, however often it arrives), so that a delivery that died is made good.
 */
export function onDuplicates(app: App, { seen }: SlackServices): void {
  app.use(async (args) => {
    const trigger = (args.body as { trigger_id?: unknown }).trigger_id;
    if (typeof trigger !== 'string' || (await seen.first(`trigger:${trigger}`))) return args.next();
    if ('ack' in args && typeof args.ack === 'function') await (args.ack as () => Promise<void>)();
  });
}
