import path from 'node:path';
import { Writable } from 'node:stream';
import { runCommand } from '../../src/cli/run-command.js';

export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What who sits at the terminal was asked. */
  readonly asked: readonly string[];
}

interface AtTerminal {
  /** What who sits there answers; absent = nobody does. */
  readonly answer?: boolean | undefined;
  /** What happens while a command waits; no time passes by itself. */
  readonly wait?: (ms: number) => Promise<void>;
}

/** Runs one command in this process, its output kept. */
export async function runCli(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  { answer, wait = async () => undefined }: AtTerminal = {},
): Promise<CliResult> {
  const out: string[] = [];
  const err: string[] = [];
  const asked: string[] = [];
  const code = await runCommand(args, {
    env,
    stdout: sink(out),
    stderr: sink(err),
    root: path.resolve('.'),
    stop: new AbortController().signal,
    now: () => new Date(),
    wait,
    confirm: async (question) => {
      asked.push(question);
      return answer;
    },
  });
  return { code, stdout: out.join(''), stderr: err.join(''), asked };
}

const sink = (kept: string[]): Writable =>
  new Writable({
    write(chunk, _encoding, done) {
      kept.push(String(chunk));
      done();
    },
  });
