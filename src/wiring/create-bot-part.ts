import { mask } from '../masking/mask.js';
import { type Bot, startBot } from '../slack/wire/start-bot.js';
import { buildListeners } from './build-listeners.js';
import type { Core } from './build-services.js';
import { never, type ProbedPart, refuseUnless } from './part.js';

interface BotPart extends ProbedPart {
  /** Takes Slack's requests, where they do not come over a socket. */
  receive(): Bot['receive'];
}

/** What listens to Slack and queues. */
export function createBotPart(core: Core): BotPart {
  const { config, way, logger, metrics } = core;
  let bot: Bot | undefined;
  let isWanted = false;
  const connection = {
    ...config.slack,
    way,
    logger,
    onDroppedFrame: (why: string) => metrics.droppedFrames.inc({ why: mask(why) }),
  };
  const probe = async () => refuseUnless(bot?.connected() === true, 'not connected to Slack');
  return {
    start: async (signal = never(), after) => {
      isWanted = true;
      await after;
      signal.throwIfAborted();
      bot = await startBot({ connection, listen: buildListeners(core), signal });
    },
    stop: async (graceMs) => bot?.stop(graceMs),
    receive: () => bot?.receive,
    probes: () => (isWanted ? { slack: probe } : {}),
  };
}
