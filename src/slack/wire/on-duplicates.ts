import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '@slack/bolt';
import type { SlackServices } from '../slack-services.js';

/** Slack waits three seconds for the acknowledgement. */
const PATIENCE_MS = 1500;

/**
 * Slack delivers at least once. Commands and interactions are dropped the second time by their trigger id; events
 * by what they lead to (a question is one job, however often it arrives), so that a delivery that died is made good.
 */
export function onDuplicates(app: App, { seen }: SlackServices): void {
  app.use(async (args) => {
    const trigger = (args.body as { trigger_id?: unknown }).trigger_id;
    if (typeof trigger !== 'string' || (await isFirst(seen, `trigger:${trigger}`))) return args.next();
    if ('ack' in args && typeof args.ack === 'function') await (args.ack as () => Promise<void>)();
  });
}

/** While Redis is away, every delivery counts as the first: what it leads to is guarded by itself, and says what is wrong. */
function isFirst(seen: SlackServices['seen'], id: string): Promise<boolean> {
  return Promise.race([seen.first(id).catch(() => true), sleep(PATIENCE_MS, true, { ref: false })]);
}
