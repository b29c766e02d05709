import type { FastifyReply, FastifyRequest } from 'fastify';
import { createRateLimit } from '../../intake/create-rate-limit.js';
import { isSameSecret } from '../../intake/same-secret.js';
import type { Logger } from '../../ops/log.js';

/** Wrong passwords a minute, from wherever; then nobody gets in until the next may be tried. */
const WRONG_A_MINUTE = 10;
const LONGEST = 4096;
const CHALLENGE = 'Basic realm="acknet queues", charset="UTF-8"';

export interface Guard {
  readonly password: string;
  readonly now: () => Date;
  readonly logger: Pick<Logger, 'warn'>;
}

/** A hook that lets through only what carries the password, whatever user it names (basic authentication). */
export function requirePassword({ password, now, logger }: Guard) {
  const wrong = createRateLimit(WRONG_A_MINUTE, now);
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    reply.header('cache-control', 'no-store');
    const given = passwordIn(request.headers.authorization);
    if (given === undefined) return reply.header('www-authenticate', CHALLENGE).code(401).send();
    const seconds = wrong.wait();
    if (seconds > 0) return reply.header('retry-after', String(seconds)).code(429).send();
    if (isSameSecret(given, password)) return undefined;
    wrong.take();
    logger.warn({ from: request.ip }, 'the queue board was asked for with a wrong password');
    return reply.header('www-authenticate', CHALLENGE).code(401).send();
  };
}

/** undefined = the header carries none. */
function passwordIn(header: string | undefined): string | undefined {
  const coded = /^basic +([a-z0-9+/=_-]+)\s*$/i.exec((header ?? '').slice(0, LONGEST))?.[1];
  if (coded === undefined) return undefined;
  const pair = Buffer.from(coded, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return colon === -1 ? undefined : pair.slice(colon + 1);
}
