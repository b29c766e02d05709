import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { blockTypes } from '../../../sandbox/slack/limits/blocks.js';
import { allMethods } from '../../../sandbox/slack/methods/index.js';

const page = readFileSync('docs/sandbox-slack.md', 'utf8');
const code = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? '');

const rows = [...page.matchAll(/^\| `([\w.]+)` \| (\w+) \| ([^|]*) \| (\w+) \| ([^|]*)\|$/gm)];
const documented = rows.map(([, method, tier, args = '']) => ({ method, tier, args: code(args) }));

describe('docs/sandbox-slack.md', () => {
  it('lists every method that is answered, with its tier and arguments, and no other', () => {
    const methods = allMethods({ socket: () => '', upload: () => '' });
    const answered = Object.entries(methods).map(([method, { tier, args }]) => ({
      method,
      tier,
      args: [...args],
    }));
    const byName = (a: { method?: string | undefined }, b: { method?: string | undefined }) =>
      String(a.method) < String(b.method) ? -1 : 1;
    expect(documented.sort(byName)).toEqual(answered.sort(byName));
  });

  it('says of each method that is covered in part what is missing', () => {
    const silent = rows.filter(([, , , , cover, note = '']) => cover !== 'full' && note.trim() === '');
    expect(silent.map(([, method]) => method)).toEqual([]);
    expect(rows.filter(([, , , , cover = '']) => !['full', 'part'].includes(cover))).toEqual([]);
  });

  it('lists every block type', () => {
    const listed = /<!-- block types[^>]*-->([\s\S]*?)<!-- end -->/.exec(page)?.[1] ?? '';
    expect(code(listed).sort()).toEqual([...blockTypes].sort());
  });
});
