// `npm run test:faults [-- --all]`: the fault matrix; --all runs the whole of it for every remediation.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const given = process.argv.slice(2);
const { status } = spawnSync(
  process.execPath,
  ['bin/bootstrap.mjs', 'test', 'test/faults', ...given.filter((argument) => argument !== '--all')],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...(given.includes('--all') && { ACKNET_FAULTS: 'all' }) },
  },
);
process.exitCode = status ?? 1;
