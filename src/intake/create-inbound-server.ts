import Fastify, { type FastifyInstance } from 'fastify';
import { type AlertIntake, takeAlerts } from './take-alerts.js';
import { type SlackIntake, takeSlack } from './take-slack.js';

export interface Inbound {
  /** Absent = alerts are off. */
  readonly alerts?: AlertIntake | undefined;
  /** Absent = Slack is reached over Socket Mode. */
  readonly slack?: SlackIntake | undefined;
}

const REQUEST_MS = 10_000;

/** The port for what others send, apart from that of health and metrics. Listens when told to. */
export function createInboundServer({ alerts, slack }: Inbound): FastifyInstance {
  const server = Fastify({ requestTimeout: REQUEST_MS, connectionTimeout: 2 * REQUEST_MS });
  server.get('/healthz', async () => ({ ok: true }));
  if (alerts !== undefined) takeAlerts(server, alerts);
  if (slack !== undefined) takeSlack(server, slack);
  return server;
}
