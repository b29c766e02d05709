import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { imageArgs, imageEnv } from '../processes.js';
import { complains } from './complains.js';
import type { WorkspaceReady } from './messages.js';

export interface Acknet {
  /** Resident memory of all its processes, in MB. */
  rssMb(): number;
  /** Processor time of all its processes since they began, in ms. */
  cpuMs(): number;
  /** Lines of its logs that warn or tell of an error. */
  readonly complaints: readonly string[];
  stop(): Promise<void>;
}

interface AcknetOptions {
  readonly workspace: WorkspaceReady;
  readonly redisUrl: string;
  readonly kubeconfig: string;
  /** One process for bot and worker (`acknet start`) in place of one each, as the chart and docker-compose.yml run them. */
  readonly together: boolean;
}

/** Slack is on this machine: a proxy of who measures would be asked for it, and measured too. */
const straight = { HTTPS_PROXY: undefined, NO_PROXY: undefined, https_proxy: undefined, no_proxy: undefined };

/** The built program as operators run it. Resolves once every process said that it is ready. */
export async function startAcknet(options: AcknetOptions): Promise<Acknet> {
  const folder = await mkdtemp(path.join(tmpdir(), 'acknet-bench-'));
  const file = {
    clusters: { 'cluster-x': { kubeconfig: options.kubeconfig } },
    http: { port: 0, host: '127.0.0.1' },
  };
  await writeFile(path.join(folder, 'acknet.yaml'), JSON.stringify(file));
  const env = {
    ...process.env,
    ...imageEnv,
    ...straight,
    NODE_ENV: 'production',
    ACKNET_CONFIG: path.join(folder, 'acknet.yaml'),
    ACKNET_REDIS_URL: options.redisUrl,
    ACKNET_AUDIT_KEY: 'a key for the bench alone',
    SLACK_BOT_TOKEN: options.workspace.botToken,
    SLACK_APP_TOKEN: options.workspace.appToken,
    SLACK_API_URL: options.workspace.apiUrl,
  };
  const complaints: string[] = [];
  const processes = (options.together ? ['start'] : ['bot', 'worker']).map((role) =>
    spawn(process.execPath, [...imageArgs, 'dist/main.js', role], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );
  await Promise.all(processes.map((child) => untilReady(child, complaints)));
  return {
    complaints,
    rssMb: () => processes.reduce((sum, { pid }) => sum + rssMbOf(pid), 0),
    cpuMs: () => processes.reduce((sum, { pid }) => sum + cpuMsOf(pid), 0),
    stop: async () => {
      for (const child of processes.filter(({ exitCode }) => exitCode === null)) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      await rm(folder, { recursive: true });
    },
  };
}

function untilReady({ stdout, spawnargs }: ChildProcess, complaints: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    if (stdout === null) return reject(new TypeError('its output is not read'));
    const lines = createInterface({ input: stdout });
    lines.on('line', (line) => {
      if (complains(line)) complaints.push(line);
      if (line.includes('"msg":"ready"')) resolve();
    });
    lines.on('close', () => reject(new Error(`${spawnargs.join(' ')} ended: ${complaints.join('\n')}`)));
  });
}

const rssMbOf = (pid: number | undefined): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

/** Ticks of 10 ms, of which /proc counts user's and system's in its 14th and 15th field; the 2nd may hold spaces. */
function cpuMsOf(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
