import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const packageSchema = z.object({ version: z.string() });

/** Which acknet this is, as the package in `root` says. */
export const readVersion = (root: string): string =>
  packageSchema.parse(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))).version;
