import type { App } from '@slack/bolt';
import { maskAll } from '../../masking/mask.js';
import type { Logger } from '../../ops/log.js';
import type { PromptClient } from '../wire/text-client.js';

const prompts = maskAll([
  {
    title: 'Pods get no IP',
    message: 'Pods get no IP: InvalidVSwitchId.IpNotEnough. What now?',
  },
  {
    title: 'Nodes NotReady',
    message: 'Nodes went NotReady after we bumped the flannel image by hand. What now?',
  },
  { title: 'How many pods fit on a node?', message: 'How many pods can a node take in Terway mode?' },
  { title: 'What can you do?', message: 'help' },
]);

interface HomePorts {
  readonly client: PromptClient;
  readonly logger: Logger;
}

/** The Messages tab was opened: offer something to ask. */
export function onAppHomeOpened(app: App, { client, logger }: HomePorts): void {
  app.event('app_home_opened', async ({ event }) => {
    if (event.tab !== 'messages') return;
    await client
      .apiCall('assistant.threads.setSuggestedPrompts', { channel_id: event.channel, prompts })
      .catch((error: unknown) => logger.debug({ err: error }, 'suggested prompts not set'));
  });
}
