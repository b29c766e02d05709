import path from 'node:path';
import { Writable } from 'node:stream';
import { runCommand } from '../../src/cli/run-command.js';

export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command in this process, its output kept. */
export async function runCli(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  /** What who sits at the terminal answers; undefined = nobody does. */
  answer?: boolean,
): Promise<CliResult> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCommand(args, {
    env,
    stdout: sink(out),
    stderr: sink(err),
    root: path.resolve('.'),
    stop: new AbortController().signal,
    now: () => new Date(),
    confirm: async () => answer,
  });
  return { code, stdout: out.join(''), stderr: err.join('') };
}

const sink = (kept: string[]): Writable =>
  new Writable({
    write(chunk, _encoding, done) {
      kept.push(String(chunk));
      done();
    },
  });
