import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { Redis } from 'ioredis';

/** Everything that was ever sent to a Redis, and everything that stands in it. */
export interface RedisRecord {
  /** One line a command, those inside scripts too. */
  readonly commands: readonly string[];
  /** One line a key with all it holds. */
  dump(): Promise<readonly string[]>;
  close(): void;
}

/** Jobs and claims come and go: only a recording sees them all. */
export async function recordRedis(url: string): Promise<RedisRecord> {
  const redis = new Redis(url);
  // By hand: the client's own monitor fails where a busy Redis tells of a command together with its OK.
  const { hostname, port } = new URL(url);
  const monitor = connect({ host: hostname, port: Number(port) });
  await once(monitor, 'connect');
  const commands: string[] = [];
  const lines = createInterface({ input: monitor });
  lines.on('line', (line) => void commands.push(line.replaceAll('\\"', '"')));
  monitor.write('MONITOR\r\n');
  await once(lines, 'line');
  return {
    commands,
    dump: async () => {
      const keys = await redis.keys('*');
      return Promise.all(keys.map(async (key) => `${key} ${JSON.stringify(await contentOf(redis, key))}`));
    },
    close: () => {
      monitor.destroy();
      redis.disconnect();
    },
  };
}

async function contentOf(redis: Redis, key: string): Promise<unknown> {
  const type = await redis.type(key);
  switch (type) {
    case 'string':
      return redis.get(key);
    case 'hash':
      return redis.hgetall(key);
    case 'list':
      return redis.lrange(key, 0, -1);
    case 'set':
      return redis.smembers(key);
    case 'zset':
      return redis.zrange(key, '0', '-1');
    case 'stream':
      return redis.xrange(key, '-', '+');
    case 'none':
      return undefined;
    default:
      throw new TypeError(`${key} is a ${type}, which this does not read`);
  }
}
