import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Queues } from '../jobs/queues/queues.js';
import type { Logger } from '../ops/log.js';
import type { Metrics } from '../ops/metrics.js';
import { carriesToken } from './carries-token.js';
import { createRateLimit } from './create-rate-limit.js';
import { readNotification } from './read-notification.js';

export interface AlertIntake {
  readonly token: string;
  readonly perMinute: number;
  readonly queues: Pick<Queues, 'alerts'>;
  readonly metrics: Pick<Metrics, 'alerts'>;
  readonly logger: Logger;
  readonly now: () => Date;
}

const BODY_BYTES = 1_000_000;
/** ARMS waits five seconds for an answer. */
const QUEUE_MS = 3000;
const RETRY_SECONDS = 10;

/** `POST /alerts`: checked and queued, no more. What is not queued is answered so that the sender tries again. */
export function takeAlerts(server: FastifyInstance, intake: AlertIntake): void {
  const limit = createRateLimit(intake.perMinute, intake.now);
  const refuse = (reply: FastifyReply, status: number, error: string): FastifyReply => {
    intake.metrics.alerts.inc({ outcome: 'refused' });
    intake.logger.warn({ status, error }, 'a notification of alerts was refused');
    return reply.code(status).send({ error });
  };

  server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: BODY_BYTES }, (_request, body, done) =>
      done(null, body),
    );
    scope.setErrorHandler((error: { statusCode?: number }, _request, reply) =>
      refuse(
        reply,
        error.statusCode ?? 500,
        error.statusCode === 413 ? 'The body is too large.' : 'Unreadable.',
      ),
    );
    // Before the body is read: who may not send is given nothing to do.
    scope.addHook('onRequest', async (request, reply) => {
      if (!carriesToken(request.headers.authorization, intake.token))
        return refuse(reply.header('www-authenticate', 'Bearer'), 401, 'A bearer token is needed.');
      const seconds = limit.take();
      if (seconds > 0) return refuse(reply.header('retry-after', String(seconds)), 429, 'Too many at once.');
    });
    scope.post('/alerts', async (request, reply) => {
      const read = readNotification(String(request.body));
      if (read.kind === 'test') return { ok: true, test: true };
      if (read.kind === 'refused') return refuse(reply, 400, `Not Alertmanager's format: ${read.why}`);
      const failed = await queued(intake, read.notification);
      if (failed === undefined) return { ok: true };
      intake.logger.error({ err: failed }, 'a notification of alerts could not be queued');
      return refuse(reply.header('retry-after', String(RETRY_SECONDS)), 503, 'Try again.');
    });
  });
}

/** undefined = it is queued. What is queued after all, later, does no harm when it comes again. */
async function queued(
  { queues }: AlertIntake,
  notification: Parameters<Queues['alerts']>[0],
): Promise<unknown> {
  const ended = new AbortController();
  const late = sleep(QUEUE_MS, new Error('Redis does not answer'), { signal: ended.signal }).catch(
    () => undefined,
  );
  const work = queues.alerts(notification).then(
    () => undefined,
    (error: unknown) => error,
  );
  return Promise.race([work, late]).finally(() => ended.abort());
}
