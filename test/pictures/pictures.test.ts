import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type Demo, startDemo } from '../../sandbox/demo/start-demo.js';
import { patience } from '../support/patience.js';
import { launchChromium } from '../browser/launch-chromium.js';
import { photograph, type Width, widths } from './photograph.js';
import { shownHash } from './shown-hash.js';
import { type PictureName, pictureNames, type Subject, storyIn, tellStory } from './tell-story.js';

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
let demo: Demo;
const complaints: string[] = [];

/** The very program that `npm run demo` runs, at its own pace; on a slow machine its answers wait for what they show. */
beforeAll(async () => {
  demo = await startDemo(0, {
    env: { ACKNET_REDIS_URL: process.env.ACKNET_TEST_REDIS_URL },
    stderr: { write: (line: string) => complaints.push(line) },
    root: path.resolve('.'),
    now: () => new Date(),
    waits: { factsMs: patience(500), lookUpMs: patience(5000) },
  });
  const { show, close } = isTaking ? await openStudio(demo.url) : { show: undefined, close: undefined };
  await tellStory(storyIn(demo.world.slack), async (name, subject) => {
    shown.set(name, shownHash(subject));
    await show?.(name, subject);
  });
  await close?.();
  if (isTaking) writeFileSync(recordFile, `${JSON.stringify(recordOfAll(), undefined, 2)}\n`);
}, patience(240_000));
afterAll(() => demo.close());

async function openStudio(url: string) {
  const browser = await launchChromium();
  if (browser === undefined) throw new Error('Pictures are taken with Chromium.');
  return {
    show: async (name: PictureName, subject: Subject) => {
      for (const width of Object.keys(widths) as Width[])
        writeFileSync(fileOf(name, width), await photograph({ browser, url }, subject, width));
    },
    close: () => browser.close(),
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

  it('are of a demo that complains of nothing', () => {
    expect(complaints).toEqual([]);
  });

  it('are all on the page, and no other', () => {
    const page = readFileSync('docs/using.md', 'utf8');
    const linked = [...page.matchAll(/\]\(pictures\/([\w-]+)\.png\)/g)].map(([, name]) => name);
    expect(linked.filter((name) => !existsSync(path.join(FOLDER, `${name}.png`)))).toEqual([]);
    expect(pictureNames.filter((name) => !linked.includes(name))).toEqual([]);
  });
});
