import { randomUUID } from 'node:crypto';
import type { SlackSimulator, SlackSimulatorOptions } from '../../sandbox/slack/slack-simulator.js';
import { startSlackSimulator } from '../../sandbox/slack/start-slack-simulator.js';
import { patience } from './patience.js';

/** A simulated workspace on the real clock, without rate limits unless a test asks for them. */
export const startSimulatedSlack = (options: Partial<SlackSimulatorOptions> = {}): Promise<SlackSimulator> =>
  startSlackSimulator({
    now: () => new Date(),
    nextId: randomUUID,
    rates: 'off',
    patienceMs: patience(10_000),
    ...options,
  });
