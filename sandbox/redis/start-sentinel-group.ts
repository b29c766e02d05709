import type { ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import {
  freePort,
  type PrivateRedisOptions,
  portArgs,
  startServer,
  stopServer,
} from './start-private-redis.js';

/** A master, a replica and three Sentinels, all of them the real programs. */
export interface SentinelGroup {
  readonly url: string;
  /** The master dies without a goodbye; returns once the Sentinels name the other one. */
  killMaster(): Promise<void>;
  /** Master and replica change places while both are alive. */
  swap(): Promise<void>;
  close(): Promise<void>;
}

interface GroupOptions extends Pick<PrivateRedisOptions, 'tls'> {
  /** How an answer is waited for. */
  readonly until: (what: string, done: () => Promise<boolean>) => Promise<unknown>;
}

const NAME = 'acknet-group';
/** With characters that a URL has to encode. */
const PASSWORD = 'of the/group:1';
const SENTINEL_PASSWORD = 'of-the-sentinels';
const SENTINELS = 3;

export async function startSentinelGroup({ tls, until }: GroupOptions): Promise<SentinelGroup> {
  const folder = await mkdtemp(path.join(tmpdir(), 'acknet-sentinel-'));
  const tlsArgs = (port: number) => [...portArgs(port, tls), ...(tls ? ['--tls-replication', 'yes'] : [])];
  const running = new Map<number, ChildProcess>();
  const startRedis = async (port: number, more: readonly string[] = []): Promise<void> => {
    const own = path.join(folder, String(port));
    await mkdir(own, { recursive: true });
    const args = [
      ...tlsArgs(port),
      ...['--bind', '127.0.0.1', '--dir', own, '--save', '', '--appendonly', 'yes'],
      ...['--requirepass', PASSWORD, '--masterauth', PASSWORD, '--maxmemory-policy', 'noeviction'],
      ...['--repl-diskless-sync-delay', '0', ...more],
    ];
    running.set(port, await startServer('redis-server', { args, detached: false }));
  };
  const startSentinel = async (port: number, master: number): Promise<void> => {
    const file = path.join(folder, `sentinel-${port}.conf`);
    await writeFile(
      file,
      [
        ...[`sentinel monitor ${NAME} 127.0.0.1 ${master} 2`, `sentinel auth-pass ${NAME} "${PASSWORD}"`],
        ...[`sentinel down-after-milliseconds ${NAME} 400`, `sentinel failover-timeout ${NAME} 2000`],
        ...[`requirepass ${SENTINEL_PASSWORD}`, `sentinel sentinel-pass ${SENTINEL_PASSWORD}`],
      ].join('\n'),
    );
    const args = [file, '--sentinel', ...tlsArgs(port), '--bind', '127.0.0.1', '--dir', folder];
    running.set(port, await startServer('redis-server', { args, detached: false, ready: '+monitor' }));
  };

  const [first, second] = [await freePort(), await freePort()];
  await startRedis(first);
  await startRedis(second, ['--replicaof', '127.0.0.1', String(first)]);
  const sentinels: number[] = [];
  for (let count = 0; count < SENTINELS; count += 1) {
    const port = await freePort();
    sentinels.push(port);
    await startSentinel(port, first);
  }

  const ask = async <T>(
    port: number,
    password: string,
    question: (redis: Redis) => Promise<T>,
  ): Promise<T> => {
    const secure = tls && { tls: { rejectUnauthorized: false } };
    const redis = new Redis({ port, host: '127.0.0.1', password, ...secure });
    redis.on('error', () => undefined);
    try {
      return await question(redis);
    } finally {
      redis.disconnect();
    }
  };
  const agreed = async (): Promise<number | undefined> => {
    const named = await Promise.all(
      sentinels.map((port) =>
        ask(port, SENTINEL_PASSWORD, (redis) => redis.call('SENTINEL', 'get-master-addr-by-name', NAME)),
      ),
    );
    const ports = new Set(named.map((address) => (Array.isArray(address) ? Number(address[1]) : undefined)));
    return ports.size === 1 ? [...ports][0] : undefined;
  };
  const isMaster = (port: number): Promise<boolean> =>
    ask(port, PASSWORD, async (redis) => (await redis.info('replication')).includes('role:master'));
  const isFollowed = (port: number): Promise<boolean> =>
    ask(port, PASSWORD, async (redis) => (await redis.info('replication')).includes('state=online'));
  const isWatched = async (): Promise<boolean> => {
    const seen = await Promise.all(
      sentinels.map((port) =>
        ask(port, SENTINEL_PASSWORD, async (redis) => {
          const info = await redis.info('sentinel');
          return info.includes(`slaves=1,sentinels=${SENTINELS}`) && info.includes('status=ok');
        }),
      ),
    );
    return seen.every(Boolean);
  };
  const otherThan = (port: number): number => (port === first ? second : first);
  const master = async (): Promise<number> => (await agreed()) ?? first;
  await until('the replica follows', () => isFollowed(first));
  await until('the Sentinels know each other', isWatched);

  const hosts = sentinels.map((port) => `127.0.0.1:${port}`).join(',');
  const scheme = tls ? 'rediss+sentinel' : 'redis+sentinel';
  return {
    url: `${scheme}://:${encodeURIComponent(PASSWORD)}@${hosts}/${NAME}?sentinelPassword=${SENTINEL_PASSWORD}`,
    killMaster: async () => {
      const old = await master();
      const server = running.get(old);
      if (server) await stopServer(server, 'SIGKILL');
      await until('another is master', async () => (await agreed()) === otherThan(old));
      await until('it takes writes', () => isMaster(otherThan(old)));
    },
    swap: async () => {
      const old = await master();
      await until('the Sentinels agree to it', async () =>
        ask(sentinels[0] ?? 0, SENTINEL_PASSWORD, (redis) => redis.call('SENTINEL', 'FAILOVER', NAME)).then(
          () => true,
          () => false,
        ),
      );
      await until('another is master', async () => (await agreed()) === otherThan(old));
      await until('the old one follows', () => isFollowed(otherThan(old)));
    },
    close: async () => {
      for (const server of running.values()) await stopServer(server);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
