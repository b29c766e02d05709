import { z } from 'zod';
import { auditKeys, SHORTEST_AUDIT_KEY } from './audit-keys.js';

const secret = (prefix: string) => z.string().startsWith(prefix, `a token that starts with ${prefix}`);
/** The variables that acknet reads. */
export const environmentSchema = z.object({
  SLACK_BOT_TOKEN: secret('xoxb-'),
  SLACK_APP_TOKEN: secret('xapp-'),
  SLACK_API_URL: z.url().default('https://slack.com/api/'),
  ACKNET_REDIS_URL: z.url({ protocol: /^rediss?$/ }).default('redis://127.0.0.1:6379'),
  ACKNET_AUDIT_KEY: z
    .string()
    .refine((text) => auditKeys(text).every((key) => key.length >= SHORTEST_AUDIT_KEY), {
      error: `${SHORTEST_AUDIT_KEY} characters or more a key, several keys comma separated, newest first`,
    })
    .optional(),
});
