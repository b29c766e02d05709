import { randomUUID } from 'node:crypto';
import type { SlackSimulator, SlackSimulatorOptions } from '../../sandbox/slack/slack-simulator.js';
import { startSlackSimulator } from '../../sandbox/slack/start-slack-simulator.js';

/** A simulated workspace on the real clock, without rate limits unless a test asks for them. */
export const startSimulatedSlack = (options: Partial<SlackSimulatorOptions> = {}): Promise<SlackSimulator> =>
  startSlackSimulator({ now: () => new Date(), nextId: randomUUID, rates: 'off', ...options });
