import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isAcknetError } from '../../src/errors.js';
import type { Intent } from '../../src/intents/intent.js';
import { loadIntents } from '../../src/intents/load-intents.js';
import { entryText, passagesFile } from './entry-text.js';

let folder: string;
beforeEach(async () => {
  folder = path.join(await mkdtemp(path.join(tmpdir(), 'acknet-')), 'intents');
});
afterEach(() => rm(path.dirname(folder), { recursive: true }));

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [file, text] of Object.entries({ 'passages.yaml': passagesFile, ...files })) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), text);
  }
}

async function faultsOf(files: Readonly<Record<string, string>>): Promise<string> {
  await write(files);
  const error = await loadIntents(folder).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!isAcknetError(error, 'intent.invalid'))
    throw new Error(`expected intent.invalid, got ${String(error)}`);
  return error.message;
}

const one = 'cluster/node-taint.md';

describe('loadIntents', () => {
  it('reads entries by area, sorted by id, with their sections in place', async () => {
    await write({
      [one]: entryText({}, '## Symptom\n\nIt is red.\n\n## Solution\n\n```bash\n# not a heading\n```\n'),
      'ipv6/a-first.md': entryText({ id: 'a-first', area: 'ipv6' }),
    });

    const intents = await loadIntents(folder);

    expect(intents.map(({ id }) => id)).toEqual(['a-first', 'node-taint']);
    expect(intents[1]?.sections).toEqual({
      Symptom: 'It is red.',
      Solution: '```bash\n# not a heading\n```',
    });
    expect(intents[1]?.file).toBe(path.join('intents', one));
    expect(intents[1]?.errors).toEqual([]);
  });

  it('ignores data files beside the areas', async () => {
    await write({ [one]: entryText(), 'vocabulary.yaml': 'terms: []' });
    expect(await loadIntents(folder)).toHaveLength(1);
  });

  it.each([
    [
      'without the kind that code names',
      passagesFile.replace('applies-to:', 'belongs-to:'),
      /the kind applies-to is missing/,
    ],
    [
      'that is missing a default',
      'step: { title: A }\napplies-to: { title: B }',
      /passages\.yaml has 1 fault.*\n.*each section needs/,
    ],
    ['with an unknown key', `${passagesFile}undo-it: { title: A, color: red }`, /undo-it: .*color/],
    ['that is no YAML', 'a: [', /passages\.yaml: Flow sequence .* at line 1, column 5/],
  ])('refuses a passages.yaml %s', async (_what, text, expected) => {
    expect(await faultsOf({ [one]: entryText(), 'passages.yaml': text })).toMatch(expected);
  });

  it('returns entries that cannot be changed', async () => {
    await write({ [one]: entryText() });
    const intents = await loadIntents(folder);
    expect(() => (intents as Intent[]).pop()).toThrow(TypeError);
    expect(() => intents.map(({ ask }) => ask.push('another'))).toThrow(TypeError);
  });

  it.each([
    ['an unknown key', entryText({ colour: 'red' }), /node-taint\.md: colour: unknown key/],
    [
      'an unknown key of a link',
      entryText({ links: '[{ title: A, url: "https://e.com", x: 1 }]' }),
      /links\.0\.x: unknown key/,
    ],
    ['no links', entryText({ links: '[]' }), /links: /],
    ['a link that is no URL', entryText({ links: '[{ title: A, url: page }]' }), /links\.0\.url: /],
    ['too few phrasings', entryText({ ask: '[one, two]' }), /ask: /],
    [
      'a phrasing said twice',
      entryText({ ask: '[a, b, c, d, e, f, A]' }),
      /ask: "A" stands twice|ask: "a" stands twice/,
    ],
    ['a summary too long for a button', entryText({ summary: 'x'.repeat(73) }), /summary: /],
    [
      'an area that is not its folder',
      entryText({ area: 'ipv6' }),
      /area: "ipv6", but the file lies in the folder "cluster"/,
    ],
    [
      'an id that is not its file',
      entryText({ id: 'other' }),
      /id: "other", but the file is named "node-taint\.md"/,
    ],
    ['front matter that is no YAML', entryText({ title: '"open' }), /front matter: /],
    ['no front matter', '## Solution\n\nDo it.\n', /no front matter/],
    [
      'an unknown section',
      entryText({}, '## Solution\n\nx\n\n## Notes\n\ny\n'),
      /unexpected heading: ## Notes/,
    ],
    ['a deeper heading', entryText({}, '## Solution\n\nx\n\n### Sub\n\ny\n'), /unexpected heading: ### Sub/],
    ['no solution', entryText({}, '## Cause\n\nx\n'), /no section Solution/],
    [
      'a section said twice',
      entryText({}, '## Solution\n\nx\n\n## Solution\n\ny\n'),
      /Solution stands twice/,
    ],
    ['an empty section', entryText({}, '## Cause\n\n## Solution\n\ny\n'), /Cause is empty/],
    [
      'sections out of order',
      entryText({}, '## Solution\n\nx\n\n## Cause\n\ny\n'),
      /must stand in the order Cause, Solution/,
    ],
    [
      'text before the first section',
      entryText({}, 'Hello\n\n## Solution\n\nx\n'),
      /text before the first heading: Hello/,
    ],
    [
      'a condition that is none',
      entryText({}, '## Solution\n\n:::when flavor=huge\nx\n:::\n'),
      /## Solution: not a condition: flavor=huge/,
    ],
    [
      'a version that is none',
      entryText({}, '## Solution\n\n:::when terway>=new\nx\n:::\n'),
      /not a condition: terway>=new/,
    ],
    ['a block that is not closed', entryText({}, '## Solution\n\n:::when plugin=terway\nx\n'), /not closed/],
    ['a close without a block', entryText({}, '## Solution\n\nx\n:::\n'), /closes no/],
    [
      'nested blocks',
      entryText({}, '## Solution\n\n:::when plugin=terway\n:::when runtime=docker\nx\n:::\n'),
      /inside another block/,
    ],
    [
      'JSON that does not parse',
      entryText({}, '## Solution\n\n```json\n{"a": 1, # no\n}\n```\n'),
      /json sample does not parse/,
    ],
    [
      'YAML that does not parse',
      entryText({}, '## Solution\n\n```yaml\na: [1\n```\n'),
      /yaml sample does not parse/,
    ],
    ['a fence without a language', entryText({}, '## Solution\n\n```\nls\n```\n'), /names the language ""/],
    [
      'an unknown passage',
      entryText({}, '## Solution\n\n{#step reboot} x\n'),
      /node-taint\.md: ## Solution: `reboot` is not a passage of passages\.yaml/,
    ],
    [
      'a passage mark without a name',
      entryText({}, '## Solution\n\nx\n\n## More\n\n{#} x\n'),
      /## More: a passage mark `\{#\}` names nothing/,
    ],
    [
      'a passage mark before nothing',
      entryText({}, '## Solution\n\nx {#undo}\n'),
      /`\{#undo\}` stands before/,
    ],
    [
      'an unknown placeholder',
      entryText({}, '## Solution\n\n`{{daemonset}}`\n'),
      /\{\{daemonset\}\} is not a placeholder/,
    ],
  ])('refuses %s', async (_what, text, expected) => {
    expect(await faultsOf({ [one]: text })).toMatch(expected);
  });

  it('refuses files that are no entries', async () => {
    expect(await faultsOf({ [one]: entryText(), 'cluster/notes.txt': 'x' })).toMatch(/notes\.txt: only \.md/);
  });

  it('refuses an id that two files claim', async () => {
    const faults = await faultsOf({ [one]: entryText(), 'cluster/z.md': entryText({ id: 'node-taint' }) });
    expect(faults).toMatch(/z\.md: id/);
  });

  it('tells every fault of every file at once', async () => {
    const faults = await faultsOf({
      [one]: entryText({ colour: 'red', links: '[]' }),
      'ipv6/b.md': entryText({ id: 'b', area: 'ipv6', summary: '""' }),
    });
    expect(faults).toMatch(/3 fault\(s\)/);
    expect(faults).toMatch(
      /node-taint\.md: colour[\s\S]*node-taint\.md: links|node-taint\.md: links[\s\S]*node-taint\.md: colour/,
    );
    expect(faults).toMatch(/b\.md: summary/);
  });

  it('says that the folder is missing', async () => {
    await expect(loadIntents(path.join(folder, 'none'))).rejects.toMatchObject({ code: 'intent.invalid' });
  });
});
