import { afterEach } from '@jest/globals';
import type { App } from '@slack/bolt';
import type { SlackSimulator, SlackSimulatorOptions } from '../../../sandbox/slack/slack-simulator.js';
import { startSimulatedSlack } from '../../support/start-simulated-slack.js';
import { startBolt } from './bolt-client.js';

type Connect = (
  listen: (app: App) => void,
  options?: Partial<SlackSimulatorOptions>,
) => Promise<SlackSimulator>;

/** Workspaces with the real Bolt client on them; both ends are closed after each test. */
export function boltWorkspaces(): Connect {
  const open: { slack: SlackSimulator; app: App }[] = [];
  afterEach(async () => {
    for (const { slack, app } of open.splice(0)) {
      // In the middle of a reconnect Bolt's stop rejects, with nothing.
      await app.stop().catch(() => undefined);
      await slack.close();
    }
  });
  return async (listen, options = {}) => {
    const slack = await startSimulatedSlack(options);
    open.push({ slack, app: await startBolt(slack, listen) });
    return slack;
  };
}
