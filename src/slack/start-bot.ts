import { createBoltApp } from './create-bolt-app.js';
import { createDrain } from './drain.js';
import { registerListeners } from './listeners/register-listeners.js';
import type { SlackServices } from './slack-services.js';

export interface Bot {
  connected(): boolean;
  /** Takes no more events; lets listeners under way finish. */
  stop(graceMs: number): Promise<void>;
}

/** Connects to Slack; resolves once events can arrive. */
export async function startBot(services: SlackServices): Promise<Bot> {
  const { slack } = services.config;
  const { app, connected } = createBoltApp({ ...slack, logger: services.logger });
  const drain = createDrain(app);
  registerListeners(app, services);
  await app.init();
  await app.start();
  services.logger.info({}, 'connected to Slack');
  return {
    connected,
    async stop(graceMs) {
      await app.stop();
      await drain.idle(graceMs);
    },
  };
}
