import type { IncomingMessage, RequestListener } from 'node:http';
import { parse } from 'node:querystring';
import type { FastifyInstance } from 'fastify';
import type { Logger } from '../ops/log.js';

export interface SlackIntake {
  /** Bolt's own, which verifies the signature and answers; undefined = not signed in yet. */
  readonly listener: () => RequestListener | undefined;
  readonly logger: Logger;
  readonly now: () => Date;
}

/** Slack's own bodies stay far below; a message it carries has 40,000 characters at most. */
const BODY_BYTES = 1_000_000;
/** Bolt refuses what is older; of what is dated later it says nothing. */
const AHEAD_SECONDS = 300;
const RETRY_SECONDS = 5;

/** `POST /slack/events`: events, commands and clicks. What cannot be of Slack is refused before Bolt sees it. */
export function takeSlack(server: FastifyInstance, { listener, logger, now }: SlackIntake): void {
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_BYTES }, (_request, body, done) =>
      done(null, body),
    );
    scope.post('/slack/events', async (request, reply) => {
      const refuse = (status: number, why: string) => {
        logger.warn({ status, why }, 'a request to the place of Slack was refused');
        return reply.code(status).send();
      };
      const body = request.body as Buffer;
      const dated = Number(request.headers['x-slack-request-timestamp']);
      if (!(dated <= now().getTime() / 1000 + AHEAD_SECONDS))
        return refuse(401, 'dated in the future, or not at all');
      if (!isObject(request.headers['content-type'], body)) return refuse(400, 'no object');
      const handle = listener();
      if (handle === undefined) {
        reply.header('retry-after', String(RETRY_SECONDS));
        return refuse(503, 'not signed in to Slack yet');
      }
      reply.hijack();
      await handle(Object.assign(request.raw, { rawBody: body }) as IncomingMessage, reply.raw);
    });
  });
}

/** Bolt reads fields of whatever the body parses to, and a fault there would end the process. */
function isObject(contentType: string | undefined, body: Buffer): boolean {
  const text = body.toString();
  const fields = contentType === 'application/x-www-form-urlencoded' ? parse(text) : undefined;
  const json = fields === undefined ? text : fields.payload;
  if (fields !== undefined && typeof json !== 'string') return true;
  try {
    const value: unknown = JSON.parse(String(json));
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
