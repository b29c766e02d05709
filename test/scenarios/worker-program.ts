import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { compileWorker } from '../faults/compile-worker.js';
import type { Sandbox } from '../support/start-sandbox.js';

/** `acknet worker`, as a process of its own that can be killed. */
export interface WorkerProgram {
  start(sandbox: Sandbox): Promise<WorkerProcess>;
  remove(): Promise<void>;
}

export interface WorkerProcess {
  /** SIGKILL: no goodbye of any kind. */
  kill(): Promise<void>;
}

/** Compiles the program once; each worker of it is started with a configuration file and the environment alone. */
export async function compileProgram(): Promise<WorkerProgram> {
  const compiled = await compileWorker();
  const root = path.resolve(path.dirname(compiled.script), '../..');
  await symlink(path.resolve('intents'), path.join(root, 'intents'));
  const folder = await mkdtemp(path.join(tmpdir(), 'acknet-worker-'));
  return {
    start: async (sandbox) => {
      const file = path.join(folder, 'acknet.yaml');
      await writeFile(file, stringify(sandbox.file));
      return startWorker(path.join(root, 'src/main.js'), file, sandbox);
    },
    remove: async () => {
      await compiled.remove();
      await rm(folder, { recursive: true });
    },
  };
}

async function startWorker(main: string, file: string, { config }: Sandbox): Promise<WorkerProcess> {
  const child = spawn(process.execPath, [main, 'worker'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      ACKNET_CONFIG: file,
      ACKNET_REDIS_URL: config.redisUrl,
      ACKNET_AUDIT_KEY: config.auditKey,
      ACKNET_ALERTS_TOKEN: config.alertsToken,
      SLACK_API_URL: config.slack.apiUrl,
      SLACK_BOT_TOKEN: config.slack.botToken,
      SLACK_APP_TOKEN: config.slack.appToken,
      SLACK_SIGNING_SECRET: config.slack.signingSecret,
    },
  });
  await untilReady(child);
  child.stdout?.resume();
  return {
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function untilReady(child: ChildProcess): Promise<void> {
  let heard = '';
  for await (const chunk of child.stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    heard += String(chunk);
    if (heard.includes('"msg":"ready"')) return;
  }
  throw new Error(`the worker ended before it was ready: ${heard}`);
}
