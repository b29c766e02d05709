import { execFile } from 'node:child_process';
import { patience } from './patience.js';

interface Surroundings {
  /** No file may grow beyond so many KiB, as on a disk that is full; absent = any may. */
  readonly mostKib?: number;
}

/** The program itself, as a process: for what Node reads when it starts, and for what ends with its process. */
export const runProgram = (
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  { mostKib }: Surroundings = {},
): Promise<{ readonly code: number | null; readonly said: string }> =>
  new Promise((resolve) => {
    const child = execFile(
      'bash',
      [
        '-c',
        `ulimit -f ${mostKib ?? 'unlimited'}; exec "$@"`,
        'bash',
        process.execPath,
        'dist/main.js',
        ...args,
      ],
      {
        env: { PATH: process.env.PATH, ACKNET_AUDIT_KEY: 'an audit key of some length', ...env },
        timeout: patience(6000),
      },
      (_error, stdout, stderr) => resolve({ code: child.exitCode, said: stdout + stderr }),
    );
  });
