import { execFile } from 'node:child_process';
import { patience } from './patience.js';

/** The program itself, as a process: for what Node reads when it starts, and for what ends with its process. */
export const runProgram = (
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ readonly code: number | null; readonly said: string }> =>
  new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['dist/main.js', ...args],
      {
        env: { PATH: process.env.PATH, ACKNET_AUDIT_KEY: 'an audit key of some length', ...env },
        timeout: patience(6000),
      },
      (_error, stdout, stderr) => resolve({ code: child.exitCode, said: stdout + stderr }),
    );
  });
