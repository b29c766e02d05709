import { createInterface } from 'node:readline/promises';
import type { Masked } from '../../masking/masked.js';

interface Ends {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
}

/** True only for a typed yes; undefined where no terminal is. */
export async function confirmOnTerminal(
  question: Masked,
  { stdin, stdout }: Ends,
): Promise<boolean | undefined> {
  if (!stdin.isTTY) return undefined;
  const terminal = createInterface({ input: stdin, output: stdout });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
