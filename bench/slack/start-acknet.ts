import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { imageArgs, imageEnv } from '../processes.js';
import { complains } from './complains.js';
import type { WorkspaceReady } from './messages.js';

export interface Acknet {
  /** Resident memory of all its processes, in MB. */
  rssMb(): number;
  /** Processor time of all its processes since they began, in ms. */
  cpuMs(): number;
  /** Lines of its logs that warn or tell of an error, so far. */
  complaints(): readonly string[];
  stop(): Promise<void>;
}

interface AcknetOptions {
  readonly workspace: WorkspaceReady;
  readonly redisUrl: string;
  readonly kubeconfig: string;
  /** One process for bot and worker (`acknet start`) in place of one each, as the chart and docker-compose.yml run them. */
  readonly together: boolean;
}

/** Between two looks whether it is ready. */
const LOOK_MS = 50;

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
  const processes = (options.together ? (['start'] as const) : (['bot', 'worker'] as const)).map((role) =>
    startLogged(role, { env, log: path.join(folder, `${role}.log`) }),
  );
  await Promise.all(processes.map(untilReady));
  const children = processes.map(({ child }) => child);
  return {
    complaints: () => processes.flatMap(complaintsOf),
    rssMb: () => children.reduce((sum, { pid }) => sum + rssMbOf(pid), 0),
    cpuMs: () => children.reduce((sum, { pid }) => sum + cpuMsOf(pid), 0),
    stop: async () => {
      for (const child of children.filter(({ exitCode }) => exitCode === null)) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      await rm(folder, { recursive: true });
    },
  };
}

/** Its output goes to a file: whoever reads it from a pipe is woken by each line, and takes from what is measured. */
interface Logged {
  readonly child: ChildProcess;
  readonly log: string;
}

function startLogged(role: string, { env, log }: { env: NodeJS.ProcessEnv; log: string }): Logged {
  const output = openSync(log, 'w');
  const args = [...imageArgs, 'dist/main.js', role];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', output, 'inherit'] });
  closeSync(output);
  return { child, log };
}

const linesOf = ({ log }: Logged): readonly string[] => readFileSync(log, 'utf8').split('\n');
const complaintsOf = (logged: Logged): readonly string[] => linesOf(logged).filter(complains);

async function untilReady(logged: Logged): Promise<void> {
  const { spawnargs } = logged.child;
  while (!linesOf(logged).some((line) => line.includes('"msg":"ready"'))) {
    const { exitCode, signalCode } = logged.child;
    if (exitCode !== null || signalCode !== null)
      throw new Error(`${spawnargs.join(' ')} ended: ${complaintsOf(logged).join('\n')}`);
    await sleep(LOOK_MS);
  }
}

const rssMbOf = (pid: number | undefined): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

/** Ticks of 10 ms, of which /proc counts user's and system's in its 14th and 15th field; the 2nd may hold spaces. */
function cpuMsOf(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
