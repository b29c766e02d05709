import { z } from 'zod';
import { auditKeys, SHORTEST_AUDIT_KEY } from './audit-keys.js';

const secret = (prefix: string) => z.string().startsWith(prefix, `a token that starts with ${prefix}`);
/** The variables that acknet reads. Descriptions are what docs/configuration.md shows (`npm run docs:config`). */
export const environmentSchema = z.object({
  SLACK_BOT_TOKEN: secret('xoxb-').describe('Bot token of the Slack app. A secret.'),
  SLACK_APP_TOKEN: secret('xapp-').describe(
    'App-level token with `connections:write`, for Socket Mode. A secret.',
  ),
  SLACK_API_URL: z.url().default('https://slack.com/api/').describe('Another Slack end.'),
  ACKNET_REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .default('redis://127.0.0.1:6379')
    .describe('Redis, with AOF and `maxmemory-policy noeviction`; `rediss://` for TLS. May hold a password.'),
  ACKNET_AUDIT_KEY: z
    .string()
    .refine((text) => auditKeys(text).every((key) => key.length >= SHORTEST_AUDIT_KEY), {
      error: `${SHORTEST_AUDIT_KEY} characters or more a key, several keys comma separated, newest first`,
    })
    .optional()
    .describe(
      `Keys the audit log and what Redis holds: ${SHORTEST_AUDIT_KEY} characters or more, several comma separated, newest first. A secret. Absent: who can write to Redis can forge both.`,
    ),
});
