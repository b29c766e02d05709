#!/usr/bin/env node
// usage: test-one.mjs check|intent ID. Runs what concerns one check or one entry, the rules that hold for all included, in seconds.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const [kind, id = ''] = process.argv.slice(2);

/** Folder of the files that define one, their ending, and the tests: its own, and the rules for all narrowed to it. */
const kinds = {
  check: {
    folder: 'src/checks',
    ending: '.ts',
    tests: (area) => [
      ...testsOf(area),
      'test/checks/titles',
      'test/checks/destroyed',
      'test/checks/fuzz',
      'test/parity',
    ],
  },
  intent: {
    folder: 'intents',
    ending: '.md',
    tests: () => [
      'test/intents/knowledge-base',
      'test/intents/entries',
      'test/intents/passages',
      'test/parity',
    ],
  },
};

/** Its own file, or cases in a sibling's. */
const testsOf = (area) =>
  readdirSync(path.join(root, 'test/checks', area))
    .map((file) => path.join('test/checks', area, file))
    .filter(
      (file) =>
        file.endsWith('.test.ts') && readFileSync(path.join(root, file), 'utf8').includes(`/${id}.js'`),
    );

function fail(text) {
  process.stderr.write(`acknet: ${text}\n`);
  process.exit(64);
}

const { folder, ending, tests } = kinds[kind] ?? fail('usage: npm run test:check|test:intent ID');
const areas = readdirSync(path.join(root, folder), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const area = areas.find((name) => readdirSync(path.join(root, folder, name)).includes(`${id}${ending}`));
if (area === undefined) fail(`there is no ${folder}/<area>/${id}${ending}`);

const { status } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    path.join(root, 'node_modules/jest/bin/jest.js'),
    ...tests(area),
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, ACKNET_TEST_ONE: id } },
);
process.exitCode = status ?? 1;
