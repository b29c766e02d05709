import { readFile } from 'node:fs/promises';
import { TOKEN } from './environment-schema.js';

interface Asked {
  /** The variable; with _FILE behind it, the one that names a file with it instead. */
  readonly name: 'ACKNET_ALERTS_TOKEN' | 'ACKNET_BOARD_PASSWORD';
  /** What of acknet.yaml cannot do without it; undefined = that is not there. */
  readonly neededBy: string | undefined;
  readonly env: Readonly<Record<string, string>>;
  readonly faults: string[];
}

/** A secret from its variable or the file that one names; what is missing is added to `faults`. */
export async function readSecret({ name, neededBy, env, faults }: Asked): Promise<string | undefined> {
  const file = env[`${name}_FILE`];
  if (file !== undefined) return secretIn(file, `${name}_FILE`, faults);
  if (neededBy !== undefined && env[name] === undefined)
    // Behind its name and a colon the reason would be masked as the secret.
    faults.push(`${neededBy}: expected ${name} or ${name}_FILE in the environment, found neither`);
  return env[name];
}

async function secretIn(file: string, at: string, faults: string[]): Promise<string | undefined> {
  try {
    const secret = (await readFile(file, 'utf8')).trim();
    if (TOKEN.test(secret)) return secret;
    const found = `${secret.length} characters (masked)`;
    faults.push(`${at}: expected a file with 16 characters or more, without spaces, found ${found}`);
  } catch (error) {
    faults.push(`${at}: the file cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  return undefined;
}
