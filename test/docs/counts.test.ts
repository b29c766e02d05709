import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { checks } from '../../src/checks/index.js';
import { loadIntents } from '../../src/intents/load-intents.js';
import { remediations } from '../../src/remediations/index.js';

const file = 'docs/comparison.md';

it(`${file} counts the entries, checks and fixes that there are; npm run docs:checks writes the numbers`, async () => {
  const entries = await loadIntents('intents');
  const page = readFileSync(file, 'utf8');
  const counted = page
    .replace(/\d+ entries, \d+ checks/, `${entries.length} entries, ${checks.length} checks`)
    .replace(/\| fixes \| \d+, /, `| fixes | ${remediations.length}, `);
  if (process.env.ACKNET_WRITE_DOCS === '1') writeFileSync(file, counted);
  expect(readFileSync(file, 'utf8')).toBe(counted);
  expect(counted).toContain(`${entries.length} entries, ${checks.length} checks`);
  expect(counted).toContain(`| fixes | ${remediations.length}, `);
});
