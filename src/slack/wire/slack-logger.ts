import { LogLevel, type Logger as SlackLogger } from '@slack/bolt';
import type { Logger } from '../../ops/log.js';

/** Said at every attempt to connect; whoever makes the attempts says it once. */
const ofTheLine = /^(Failed to retrieve a new WSS URL|WebSocket error|http request failed|Failed to send a)/;

/** What Slack's packages log goes to ours; their info is our debug. */
export function slackLogger(logger: Logger): SlackLogger {
  const detail = (words: readonly unknown[]) => ({
    detail: words.map((word) => (word instanceof Error ? word.message : String(word))).join(' '),
  });
  return {
    debug: () => undefined,
    info: (...words) => logger.debug(detail(words), 'slack client'),
    // Rate limits above all, which the client waits out by itself.
    warn: (...words) => {
      const said = detail(words);
      if (ofTheLine.test(said.detail)) logger.debug(said, 'slack client warns');
      else logger.info(said, 'slack client warns');
    },
    error: (...words) => {
      const said = detail(words);
      if (ofTheLine.test(said.detail)) logger.debug(said, 'slack client failed');
      else logger.error(said, 'slack client failed');
    },
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}
