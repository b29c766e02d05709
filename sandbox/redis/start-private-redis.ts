import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

export interface PrivateRedis {
  readonly url: string;
  /** Stops and starts the server on the same port; with AOF its data survives. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface PrivateRedisOptions {
  readonly program?: string;
  readonly appendOnly?: boolean;
  /** Default `always`; `everysec` is what operators run (docker-compose.yml). */
  readonly fsync?: 'always' | 'everysec';
  /** Keeps Ctrl-C from reaching Redis before those who use it have stopped. */
  readonly ownGroup?: boolean;
  /** Files: then it speaks TLS, and nothing else. */
  readonly tls?: { readonly certificate: string; readonly key: string };
}

/** Starts `redis-server` (or `valkey-server`) on a free loopback port, in a temporary folder removed on close. */
export async function startPrivateRedis(options: PrivateRedisOptions = {}): Promise<PrivateRedis> {
  const folder = await mkdtemp(path.join(tmpdir(), 'acknet-redis-'));
  const port = await freePort();
  const args = [
    ...portArgs(port, options.tls),
    ...['--bind', '127.0.0.1', '--dir', folder],
    ...[
      '--save',
      '',
      '--appendonly',
      options.appendOnly ? 'yes' : 'no',
      '--appendfsync',
      options.fsync ?? 'always',
    ],
    ...['--maxmemory-policy', 'noeviction'],
  ];
  const start = () =>
    startFirstInstalled(options.program ? [options.program] : ['redis-server', 'valkey-server'], {
      args,
      detached: options.ownGroup ?? false,
    });
  let server = await start();

  return {
    url: `${options.tls ? 'rediss' : 'redis'}://127.0.0.1:${port}`,
    restart: async () => {
      await stopServer(server);
      server = await start();
    },
    close: async () => {
      await stopServer(server);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function portArgs(port: number, tls: PrivateRedisOptions['tls']): readonly string[] {
  if (tls === undefined) return ['--port', String(port)];
  const files = [
    '--tls-cert-file',
    tls.certificate,
    '--tls-key-file',
    tls.key,
    '--tls-ca-cert-file',
    tls.certificate,
  ];
  return ['--port', '0', '--tls-port', String(port), ...files, '--tls-auth-clients', 'no'];
}

async function startFirstInstalled(programs: readonly string[], how: ServerArgs): Promise<ChildProcess> {
  for (const program of programs) {
    const server = await startServer(program, how).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      return undefined;
    });
    if (server) return server;
  }
  // A plain Error: jest loads this file before its module mapping works, so it can import nothing of ours.
  throw new Error(
    `None of ${programs.join(', ')} is installed. Install redis-server or set ACKNET_REDIS_URL.`,
  );
}

interface ServerArgs {
  readonly args: readonly string[];
  readonly detached: boolean;
  /** What it prints once it can be connected to. */
  readonly ready?: string;
}

export async function startServer(
  program: string,
  { args, detached, ready = 'Ready to accept connections' }: ServerArgs,
): Promise<ChildProcess> {
  const server = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'], detached });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`${program} ended with ${code} before it was ready`)));
    createInterface({ input: server.stdout }).on('line', (line) => {
      if (line.includes(ready)) resolve();
    });
  });
  server.removeAllListeners('exit');
  return server;
}

export async function stopServer(
  server: ChildProcess,
  signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM',
): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill(signal);
  await ended;
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new TypeError('no port was given');
  return address.port;
}
