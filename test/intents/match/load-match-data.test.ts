import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadMatchData } from '../../../src/intents/match/data/load-match-data.js';

const FILES = ['vocabulary.yaml', 'match-weights.json', 'foreign-words.json', 'common-words.txt'];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'acknet-'));
  for (const file of FILES) await copyFile(path.join('intents', file), path.join(folder, file));
});
afterEach(() => rm(folder, { recursive: true }));

describe('loadMatchData', () => {
  it('reads the shipped files', async () => {
    const { vocabulary, weights, commonWords } = await loadMatchData(folder);
    expect(vocabulary.subjects.terway).toContain('alibaba cni');
    expect(weights.thresholds.sure).toBeGreaterThan(0.5);
    expect(commonWords.has('meeting')).toBe(true);
  });

  it.each([
    ['vocabulary.yaml', 'subjects: { terway: [', /vocabulary\.yaml/],
    ['vocabulary.yaml', 'subjects: {}\ncolours: {}\n', /colours/],
    [
      'vocabulary.yaml',
      'subjects: {a: []}\nqualifiers: {}\nsymptoms: {}\nacts: {}\nnamed: { ours: {}, others: {} }\ngeneric: {}\nobservable: { b: [] }\nareas: {}\nforeign: {}\nchinese: {}\n',
      /observable: "b" is no concept/,
    ],
    [
      'vocabulary.yaml',
      'subjects: {}\nqualifiers: {}\nsymptoms: {}\nacts: {}\nnamed: { ours: {}, others: {} }\ngeneric: { lost: [x] }\nobservable: {}\nareas: {}\nforeign: {}\nchinese: {}\n',
      /generic: "lost" is no concept/,
    ],
    ['match-weights.json', '{', /match-weights\.json/],
    ['match-weights.json', '{"signals": {}}', /right/],
    ['foreign-words.json', '{"texts": 3}', /counts/],
  ])('refuses a faulty %s', async (file, text, message) => {
    await writeFile(path.join(folder, file), text);
    await expect(loadMatchData(folder)).rejects.toMatchObject({
      code: 'intent.invalid',
      message: expect.stringMatching(message),
    });
  });

  it('names the file that is missing', async () => {
    await rm(path.join(folder, 'common-words.txt'));
    await expect(loadMatchData(folder)).rejects.toMatchObject({
      code: 'intent.invalid',
      message: expect.stringMatching(/common-words\.txt/),
    });
  });
});
