import { Redis, type RedisOptions } from 'ioredis';
import { sentinelGroup } from '../config/environment/redis-url.js';

type Options = Omit<RedisOptions, 'replyMapping'>;

/** The server of a URL, or the master that the Sentinels of the URL name now, anew at each connection. */
export function openRedis(url: string, options: Options): Redis {
  const group = sentinelGroup(url);
  if (group === undefined) return new Redis(url, options);
  const { tls, ...where } = group;
  return new Redis({
    ...options,
    ...where,
    sentinels: [...where.sentinels],
    ...(tls && { tls: {}, sentinelTLS: {}, enableTLSForSentinelMode: true }),
  });
}
