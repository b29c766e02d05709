import { LogLevel, type Logger as SlackLogger } from '@slack/bolt';
import type { Logger } from '../../ops/log.js';

/** What Slack's packages log goes to ours; their info is our debug. */
export function slackLogger(logger: Logger): SlackLogger {
  const detail = (words: readonly unknown[]) => ({
    detail: words.map((word) => (word instanceof Error ? word.message : String(word))).join(' '),
  });
  return {
    debug: () => undefined,
    info: (...words) => logger.debug(detail(words), 'slack client'),
    // Rate limits above all, which the client waits out by itself.
    warn: (...words) => logger.info(detail(words), 'slack client warns'),
    error: (...words) => logger.error(detail(words), 'slack client failed'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}
