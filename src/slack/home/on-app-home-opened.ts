import type { App } from '@slack/bolt';
import { maskAll } from '../../masking/mask.js';
import type { Logger } from '../../ops/log.js';
import type { PromptClient } from '../wire/text-client.js';
import type { Home } from './create-home.js';
import { type PromptPorts, suggestedPrompts } from './suggested-prompts.js';

interface OpenedPorts extends PromptPorts {
  readonly home: Pick<Home, 'open'>;
  readonly client: PromptClient;
  readonly logger: Logger;
}

/** Home is filled in; under Messages something is offered to send. */
export function onAppHomeOpened(app: App, ports: OpenedPorts): void {
  app.event('app_home_opened', async ({ event, body }) => {
    const who = { user: event.user, team: body.team_id };
    if (event.tab === 'home') return ports.home.open(who);
    const prompts = maskAll(await suggestedPrompts(ports, who));
    await ports.client
      .apiCall('assistant.threads.setSuggestedPrompts', { channel_id: event.channel, prompts })
      .catch((error: unknown) => ports.logger.debug({ err: error }, 'suggested prompts not set'));
  });
}
