import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** As deploy/Dockerfile starts Node. */
export const imageEnv = { MALLOC_ARENA_MAX: '1', NODE_OPTIONS: '--max-semi-space-size=8' } as const;
export const imageArgs = ['--heap-growing-percent=30', '--always-sparkplug'] as const;

/** A program of the benches, by its path beside this file. */
export const start = (file: string, args: readonly string[]): ChildProcess =>
  fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [...imageArgs],
    env: { ...process.env, ...imageEnv },
  });

/** The next message of a process; an end before it is an error. */
export function answer<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) =>
      reject(new Error(`${child.spawnargs.slice(1).join(' ')} ended with ${String(code)} and no result`));
    child.once('exit', onExit);
    child.once('message', (message) => {
      child.off('exit', onExit);
      resolve(message as T);
    });
  });
}

/** What a process answers to a message. */
export function ask<T>(child: ChildProcess, message: string | object): Promise<T> {
  const next = answer<T>(child);
  child.send(message);
  return next;
}
