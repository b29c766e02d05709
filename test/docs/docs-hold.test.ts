import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  missingScripts,
  refusedCommands,
  refusedSlackCommands,
  unknownOptions,
} from './reading/commands-in-docs.js';
import { configFaults, isConfigKey, unknownKeys } from './reading/config-in-docs.js';
import { unknownMetrics, unknownValues, unknownVariables } from './reading/names-in-docs.js';
import { deadLinks, missingPaths, type Page, readPage, readPages } from './reading/pages.js';

const pages = readPages();
const scripts = Object.keys(
  (JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: object }).scripts,
);
const codes = new Set(
  [...readFileSync('docs/errors.md', 'utf8').matchAll(/^\| `([\w.-]+)` \|/gm)].map(([, code = '']) => code),
);

const isOther = (name: string): boolean => isConfigKey(name) || codes.has(name);

describe.each(pages.map((page) => [page.file, page] as const))('%s', (_file, page) => {
  it('links to what is there, headings included', () => {
    expect(deadLinks(page, pages)).toEqual([]);
  });
  it('names no file of the repository that is not there', () => {
    expect(missingPaths(page)).toEqual([]);
  });
  it('shows only commands and options that exist', async () => {
    expect(await refusedCommands(page)).toEqual([]);
    expect(missingScripts(page, scripts)).toEqual([]);
    expect(refusedSlackCommands(page)).toEqual([]);
    expect(unknownOptions(page)).toEqual([]);
  });
  it('shows only configuration that acknet takes', () => {
    expect(configFaults(page)).toEqual([]);
    expect(unknownKeys(page, codes)).toEqual([]);
    expect(unknownVariables(page)).toEqual([]);
    expect(unknownValues(page, isOther)).toEqual([]);
  });
  it('names only metrics that are counted', () => {
    expect(unknownMetrics(page)).toEqual([]);
  });
});

describe('a page with a slip', () => {
  const page = (text: string) => readPage('docs/slip.md', text);
  const namedValues = (slip: Page) => unknownValues(slip, isOther);

  it.each([
    ['a file', '[x](nowhere.md)', 'nowhere.md'],
    ['a heading', '[x](errors.md#nowhere)', 'errors.md#nowhere'],
    ['its own heading', '# Here\n[x](#there)', '#there'],
  ])('is caught linking to %s that is not there', (_what, text, href) => {
    expect(deadLinks(page(text), pages)).toEqual([href]);
  });

  it.each([
    ['an option', '`acknet doctor --clouds`', /unknown option '--clouds'/],
    ['a command', '`acknet diagnose`', /unknown command 'diagnose'/],
    ['a command in a block', '```sh\nnpx acknet check cluster-x --yaml\n```', /unknown option '--yaml'/],
    ['an argument too few in a block', '```sh\nacknet onboard --apply\n```', /missing required argument/],
    ['a choice', '`acknet onboard CLUSTER [--apply\\|--remove]`', /unknown option '--remove'/],
  ])('is caught showing %s that does not exist', async (_what, text, why) => {
    expect(await refusedCommands(page(text))).toEqual([expect.stringMatching(why)]);
  });

  it.each([
    [
      'a key',
      '```yaml\nchecks:\n  deadline: 3\n```',
      ['checks.deadline: unknown key (did you mean deadlineSeconds?)'],
    ],
    [
      'a value in values of the chart',
      '```yaml values\nconfig:\n  log: { level: loud }\n```',
      [expect.stringContaining('log.level')],
    ],
  ])('is caught with %s that acknet refuses', (_what, text, faults) => {
    expect(configFaults(page(text))).toEqual(faults);
  });

  it.each([
    ['a command', '`/acknet chek cluster-x`', /chek/],
    ['an option', '`/acknet check cluster-x --nodes a`', /nodes/],
  ])('is caught typing %s in Slack that does not exist', (_what, text, why) => {
    expect(refusedSlackCommands(page(text))).toEqual([expect.stringMatching(why)]);
  });

  it.each([
    ['an option alone', unknownOptions, 'with `--renews` it', '--renews'],
    ['a metric', unknownMetrics, 'watch `acknet_job_total{queue="x"}`', 'acknet_job_total'],
    ['a variable', unknownVariables, '```sh\nexport ACKNET_REDIS=x\n```', 'ACKNET_REDIS'],
    ['a value of the chart', namedValues, 'see `networkPolicy.ports`', 'networkPolicy.ports'],
    ['a value that is set', namedValues, '```sh\nhelm install x --set image.name=y\n```', 'image.name'],
  ])('is caught naming %s that does not exist', (_what, look, text, name) => {
    expect(look(page(text))).toEqual([name]);
  });

  it('is caught naming a script, a file or a key that does not exist', () => {
    expect(missingScripts(page('npm run docs:none'), scripts)).toEqual(['docs:none']);
    expect(missingPaths(page('see `src/nowhere.ts`'))).toEqual(['src/nowhere.ts']);
    expect(unknownKeys(page('set `checks.deadline` or `clusters.<name>.cloud.region`'), codes)).toEqual([
      'checks.deadline',
    ]);
  });
});
