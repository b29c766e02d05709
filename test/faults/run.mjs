// `npm run test:faults [-- --all]`: the fault matrix; --all runs the whole of it for every remediation, and of what else is sampled.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const given = process.argv.slice(2);
const all = given.includes('--all');

/** Tests anywhere that try a sample unless all of it is wanted. */
const sampled = readdirSync(path.join(root, 'test'), { recursive: true })
  .filter((file) => file.endsWith('.test.ts') && !file.startsWith('faults'))
  .map((file) => path.join('test', file))
  .filter((file) => readFileSync(path.join(root, file), 'utf8').includes('support/whole-matrix.js'));

const { status } = spawnSync(
  process.execPath,
  [
    ...['bin/bootstrap.mjs', 'test', 'test/faults'],
    ...(all ? sampled : []),
    ...given.filter((argument) => argument !== '--all'),
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...(all && { ACKNET_FAULTS: 'all' }) },
  },
);
process.exitCode = status ?? 1;
