import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { loadIntents } from '../../src/intents/load-intents.js';
import { remediations } from '../../src/remediations/index.js';
import { entriesPage } from './entries-page.js';
import { fixesPage } from './fixes-page.js';

const held = (file: string, page: string) => {
  if (process.env.ACKNET_WRITE_DOCS === '1') writeFileSync(file, page);
  expect(readFileSync(file, 'utf8')).toBe(page);
};

it('docs/entries.md names every entry; npm run docs:checks writes it anew', async () => {
  const entries = await loadIntents('intents');
  const page = entriesPage(entries);
  held('docs/entries.md', page);
  for (const { id } of entries) expect(page).toContain(`\n\`${id}\`: `);
});

it('docs/fixes.md names every fix; npm run docs:checks writes it anew', () => {
  const page = fixesPage(remediations);
  held('docs/fixes.md', page);
  for (const { id } of remediations) expect(page).toContain(`\n\`${id}\`\n`);
});
