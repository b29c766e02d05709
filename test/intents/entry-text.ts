import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Intent } from '../../src/intents/intent.js';
import { parseEntry } from '../../src/intents/parse-entry.js';
import type { PassageKinds } from '../../src/intents/passages/passage-kinds.js';

/** The `passages.yaml` as shipped. */
export const passagesFile = readFileSync('intents/passages.yaml', 'utf8');

/** The entry of a valid file in the folder `cluster`; throws its faults. */
export function entryOf(id: string, text: string): Intent {
  const source = { file: id, folder: 'cluster', name: id, text };
  const { intent, faults } = parseEntry(source, parse(passagesFile) as PassageKinds);
  if (intent === undefined) throw new Error(faults.join());
  return intent;
}

/** A valid entry file; `front` replaces or adds front-matter lines by key, `body` replaces the sections. */
export function entryText(
  front: Readonly<Record<string, string>> = {},
  body = '## Solution\n\nDo it.\n',
): string {
  const keys: Record<string, string> = {
    id: 'node-taint',
    title: 'Nodes carry a taint',
    summary: 'Nodes carry a taint',
    area: 'cluster',
    ask: '[one way, another way, a third way, a fourth way, a fifth way, a sixth way]',
    links: '[{ title: A page, url: https://example.com/page }]',
    source: 'Why do nodes carry a taint?',
    ...front,
  };
  const lines = Object.entries(keys).map(([key, value]) => `${key}: ${value}`);
  return `---\n${lines.join('\n')}\n---\n${body}`;
}
