import { z } from 'zod';
import { auditKeys, SHORTEST_AUDIT_KEY } from './audit-keys.js';
import { isRedisUrl } from './redis-url.js';

const secret = (prefix: string) => z.string().startsWith(prefix, `a token that starts with ${prefix}`);
/** What is shorter would be found by trying. */
const SHORTEST_TOKEN = 16;
export const TOKEN = /^[\x21-\x7e]{16,500}$/;

/** The variables that acknet reads. Descriptions are what docs/configuration.md shows (`npm run docs:config`). */
export const environmentSchema = z.object({
  SLACK_BOT_TOKEN: secret('xoxb-').describe('Bot token of the Slack app. A secret.'),
  SLACK_APP_TOKEN: secret('xapp-')
    .optional()
    .describe(
      'App-level token with `connections:write`, for Socket Mode. A secret. Needed unless `inbound.slack` is set.',
    ),
  SLACK_SIGNING_SECRET: z
    .string()
    .regex(TOKEN, '16 characters or more, without spaces')
    .optional()
    .describe('What Slack signs its requests with. A secret. Needed where `inbound.slack` is set.'),
  SLACK_API_URL: z.url().default('https://slack.com/api/').describe('Another Slack end.'),
  HTTPS_PROXY: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'Proxy to Slack (calls and socket) and to the cloud’s APIs, `http://` or `https://` (`https_proxy` too). May hold a password. Clusters do not use it: `proxy-url` of their kubeconfig names theirs.',
    ),
  NO_PROXY: z.string().optional().describe('Hosts reached without it, comma separated (`no_proxy` too).'),
  ACKNET_REDIS_URL: z
    .string()
    .refine(isRedisUrl, {
      error: 'redis://…, rediss://… or redis+sentinel://HOST:PORT,HOST:PORT/NAME',
    })
    .default('redis://127.0.0.1:6379')
    .describe(
      'Redis, with AOF and `maxmemory-policy noeviction`; `rediss://` for TLS, `redis+sentinel://HOST:PORT,HOST:PORT/NAME` for [Sentinel](operations.md#redis). May hold a password.',
    ),
  ACKNET_ALERTS_TOKEN: z
    .string()
    .regex(TOKEN, `${SHORTEST_TOKEN} characters or more, without spaces`)
    .optional()
    .describe(
      `Bearer token that alerts must carry: ${SHORTEST_TOKEN} characters or more, without spaces. A secret. Needed where \`alerts\` is set.`,
    ),
  ACKNET_ALERTS_TOKEN_FILE: z
    .string()
    .optional()
    .describe('File that holds this token instead, read at the start.'),
  ACKNET_BOARD_PASSWORD: z
    .string()
    .regex(TOKEN, `${SHORTEST_TOKEN} characters or more, without spaces`)
    .optional()
    .describe(
      `Password of the queue board: ${SHORTEST_TOKEN} characters or more, without spaces. A secret. Needed where \`http.queueBoard\` is set.`,
    ),
  ACKNET_BOARD_PASSWORD_FILE: z
    .string()
    .optional()
    .describe('File that holds this password instead, read at the start.'),
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

export type Environment = z.infer<typeof environmentSchema>;
