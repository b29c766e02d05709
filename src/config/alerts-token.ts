import { readFile } from 'node:fs/promises';
import { TOKEN } from './environment-schema.js';
import type { FileConfig } from './file-schema.js';

interface Asked {
  readonly alerts: FileConfig['alerts'];
  readonly env: Readonly<Record<string, string>>;
  readonly faults: string[];
}

/** The bearer token of alerts, from the variable or the file that one names; what is missing is added to `faults`. */
export async function readAlertsToken({ alerts, env, faults }: Asked): Promise<string | undefined> {
  const { ACKNET_ALERTS_TOKEN: given, ACKNET_ALERTS_TOKEN_FILE: file } = env;
  if (file !== undefined) return tokenIn(file, faults);
  if (alerts !== undefined && given === undefined)
    faults.push('ACKNET_ALERTS_TOKEN: expected a token, since acknet.yaml has alerts; found nothing');
  return given;
}

async function tokenIn(file: string, faults: string[]): Promise<string | undefined> {
  const at = 'ACKNET_ALERTS_TOKEN_FILE';
  try {
    const token = (await readFile(file, 'utf8')).trim();
    if (TOKEN.test(token)) return token;
    const found = `${token.length} characters (masked)`;
    faults.push(`${at}: expected a file with 16 characters or more, without spaces, found ${found}`);
  } catch (error) {
    faults.push(`${at}: the file cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  return undefined;
}
