import { describe, expect, it } from '@jest/globals';
import { exitCodes } from '../../src/cli/terminal/exit-codes.js';
import { runCommand } from '../../src/cli/run-command.js';
import { AcknetError } from '../../src/errors.js';
import { runCli } from '../support/run-cli.js';

/** Runs a command that meets this error as soon as it looks at its environment. */
async function meeting(error: unknown): Promise<{ code: number; said: string }> {
  const said: string[] = [];
  const terminal = { write: (text: string) => void said.push(text) };
  const code = await runCommand(['doctor'], {
    get env(): Record<string, string> {
      throw error;
    },
    stdout: terminal,
    stderr: terminal,
    root: '.',
    stop: new AbortController().signal,
    now: () => new Date(),
    wait: async () => undefined,
  });
  return { code, said: said.join('') };
}

const SECRET = 'CANARY0123456789';

describe('a command that fails', () => {
  it.each<[string, Error]>([
    ['a fault in acknet, with its stack', new Error(`refused: Authorization: Bearer ${SECRET}`)],
    ['a fault with a message of several lines', new Error(`at\npassword: ${SECRET}\nat`)],
    [
      'an error of acknet, with its hint',
      new AcknetError('usage.invalid', `redis://:${SECRET}@redis`, { hint: `token=${SECRET}` }),
    ],
  ])('prints %s, and no secret in it', async (_what, error) => {
    const { code, said } = await meeting(error);
    expect(code).not.toBe(exitCodes.done);
    expect(said).toMatch(/^acknet: /);
    expect(said).toContain('<redacted>');
    expect(said).not.toContain(SECRET);
  });

  it('prints nothing that steers the terminal', async () => {
    const { said } = await meeting(new Error('a\u001B[2Jb\u202Ec'));
    for (const control of ['\u001B', '\u202E']) expect(said).not.toContain(control);
  });

  it('does not repeat a secret that was typed as an option', async () => {
    const { stderr } = await runCli(['audit', `--access-key-secret=${SECRET}`]);
    expect(stderr).toContain('--access-key-secret');
    expect(stderr).not.toContain(SECRET);
  });
});
