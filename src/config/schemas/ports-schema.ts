import { z } from 'zod';

export const httpSchema = z.strictObject({
  port: z.int().min(0).max(65535).default(8080).describe('0: one that is free.'),
  host: z.string().default('0.0.0.0').describe('The address to listen on.'),
  queueBoard: z
    .boolean()
    .default(false)
    .describe(
      'Serve `/queues`: jobs with what people asked, to look at. Needs `ACKNET_BOARD_PASSWORD`, which it asks for.',
    ),
});

export const inboundSchema = z.strictObject({
  slack: z
    .boolean()
    .default(false)
    .describe(
      'Whether Slack sends to `/slack/events` of this port, in place of Socket Mode; needs `SLACK_SIGNING_SECRET`.',
    ),
  port: z.int().min(0).max(65535).default(8081).describe('0: one that is free.'),
  host: z.string().default('0.0.0.0').describe('The address to listen on.'),
});
