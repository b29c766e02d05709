import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { AcknetError } from '../../errors.js';
import { onboardTexts } from '../../texts/onboard.js';

/** Takes the place of the old file whole, readable by its owner alone whatever the old one was. */
export async function writePrivateFile(file: string, content: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const beside = besideOf(file);
  await rm(beside, { force: true });
  // `wx`: never through a link or into a file that somebody else put there meanwhile.
  const handle = await open(beside, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } catch (cause) {
    await rm(beside, { force: true });
    throw new AcknetError(
      'usage.invalid',
      onboardTexts.notWritten(file, (cause as NodeJS.ErrnoException).code),
      {
        cause,
        hint: onboardTexts.writeAgain,
      },
    );
  } finally {
    await handle.close();
  }
  await rename(beside, file);
}

/** Where it is written first; it stays behind where that is broken off. */
export const besideOf = (file: string): string => `${file}.new`;
