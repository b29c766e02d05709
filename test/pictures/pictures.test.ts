import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { startSandboxPage } from '../../sandbox/web/start-sandbox-page.js';
import { launchChromium } from '../browser/launch-chromium.js';
import type { Sandbox } from '../support/start-sandbox.js';
import { photograph, type Width, widths } from './photograph.js';
import { shownHash } from './shown-hash.js';
import { openStory, type PictureName, pictureNames, type Subject, tellStory } from './tell-story.js';

const FOLDER = 'docs/pictures';
const LARGEST_BYTES = 150_000;
/** `npm run docs:pictures` takes them anew. */
const isTaking = process.env.ACKNET_WRITE_DOCS === '1';

/** What stands beside the pictures: of each message what it showed when they were taken, and the pictures themselves. */
const recordSchema = z.record(
  z.string(),
  z.object({ blocks: z.string(), wide: z.string(), narrow: z.string() }),
);
const recordFile = path.join(FOLDER, 'pictures.json');
const fileOf = (name: PictureName, width: Width): string =>
  path.join(FOLDER, `${name}${width === 'narrow' ? '-390' : ''}.png`);
const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const shown = new Map<PictureName, string>();
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await openStory();
  const { show, close } = isTaking ? await openStudio() : { show: undefined, close: undefined };
  await tellStory(sandbox, async (name, subject) => {
    shown.set(name, shownHash(subject));
    await show?.(name, subject);
  });
  await close?.();
  if (isTaking) writeFileSync(recordFile, `${JSON.stringify(recordOfAll(), undefined, 2)}\n`);
});
afterAll(() => sandbox.close());

async function openStudio() {
  const browser = await launchChromium();
  if (browser === undefined) throw new Error('Pictures are taken with Chromium.');
  const page = await startSandboxPage({
    slack: sandbox.slack,
    clusters: () => [],
    pageFolder: path.resolve('sandbox/dist/page'),
  });
  return {
    show: async (name: PictureName, subject: Subject) => {
      for (const width of Object.keys(widths) as Width[])
        writeFileSync(fileOf(name, width), await photograph({ browser, url: page.url }, subject, width));
    },
    close: async () => {
      await browser.close();
      await page.close();
    },
  };
}

const recordOfAll = () =>
  Object.fromEntries(
    [...shown].map(([name, blocks]) => {
      const picture = (width: Width) => hashOf(readFileSync(fileOf(name, width)));
      return [name, { blocks, wide: picture('wide'), narrow: picture('narrow') }];
    }),
  );

describe('the pictures of docs/using.md', () => {
  const record = () => recordSchema.parse(JSON.parse(readFileSync(recordFile, 'utf8')));

  it.each(pictureNames)('show %s as acknet sends it; npm run docs:pictures takes them anew', (name) => {
    expect(shown.get(name)).toBe(record()[name]?.blocks);
  });

  it.each(pictureNames)('are those that were taken then, and small: %s', (name) => {
    for (const width of Object.keys(widths) as Width[]) {
      const bytes = readFileSync(fileOf(name, width));
      expect(hashOf(bytes)).toBe(record()[name]?.[width]);
      expect(bytes.length).toBeLessThan(LARGEST_BYTES);
    }
  });

  it('are all on the page, and no other', () => {
    const page = readFileSync('docs/using.md', 'utf8');
    const linked = [...page.matchAll(/\]\(pictures\/([\w-]+)\.png\)/g)].map(([, name]) => name);
    expect(linked.filter((name) => !existsSync(path.join(FOLDER, `${name}.png`)))).toEqual([]);
    expect(pictureNames.filter((name) => !linked.includes(name))).toEqual([]);
  });
});
