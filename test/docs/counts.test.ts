import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { checks } from '../../src/checks/index.js';
import { loadIntents } from '../../src/intents/load-intents.js';
import { remediations } from '../../src/remediations/index.js';

it('docs/comparison.md counts the entries, checks and fixes that there are', async () => {
  const page = readFileSync('docs/comparison.md', 'utf8');
  const entries = await loadIntents('intents');
  expect(page).toContain(`${entries.length} entries, ${checks.length} checks`);
  expect(page).toContain(`| fixes | ${remediations.length}, `);
});
