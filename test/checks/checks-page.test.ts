import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { checks } from '../../src/checks/index.js';
import { loadIntents } from '../../src/intents/load-intents.js';
import { checksPage } from '../support/checks-page.js';

it('docs/checks.md says what the checks read, find and cannot see; npm run docs:checks writes it anew', async () => {
  const page = checksPage(checks, await loadIntents('intents'));
  if (process.env.ACKNET_WRITE_DOCS === '1') writeFileSync('docs/checks.md', page);
  expect(readFileSync('docs/checks.md', 'utf8')).toBe(page);
  for (const { id, title } of checks) expect(page).toContain(`### ${title}\n\n\`${id}\`.`);
});
