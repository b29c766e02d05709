import type { Logger } from '../../../ops/log.js';
import { hasFolds, plainForm } from '../../kit/fold.js';
import type { SlackMessage } from '../../kit/message.js';
import { createOnWire, type WireMessage } from '../../kit/on-wire.js';
import { slackErrorOf } from '../slack-error.js';

/** Sends a message with its folds where Slack takes them, else in its plain form. */
export type SendFolded = <T>(message: SlackMessage, call: (wire: WireMessage) => Promise<T>) => Promise<T>;

const refusals: ReadonlySet<string | undefined> = new Set(['invalid_blocks', 'invalid_blocks_format']);

/**
 * Collapsible containers came to Slack in 2026, and not to every workspace and client of it. The first refusal of one
 * costs a second call and is remembered for as long as this process runs.
 */
export function createSendFolded({ logger }: { readonly logger: Logger }): SendFolded {
  let refused = false;
  const onWire = createOnWire();
  return async (message, call) => {
    if (!hasFolds(message)) return call(onWire(message));
    if (refused) return call(onWire(plainForm(message)));
    try {
      return await call(onWire(message));
    } catch (error) {
      if (!refusals.has(slackErrorOf(error))) throw error;
      // Where the plain form is refused as well, its blocks are at fault and not the folds.
      const sent = await call(onWire(plainForm(message)));
      if (!refused)
        logger.warn(
          { detail: detailOf(error) },
          'this Slack takes no container blocks; messages go without folds',
        );
      refused = true;
      return sent;
    }
  };
}

const detailOf = (error: unknown): string => (error instanceof Error ? error.message.slice(0, 300) : '');
