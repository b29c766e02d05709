import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks/index.js';
import { mask } from '../../src/masking/mask.js';
import { remediations } from '../../src/remediations/index.js';

const entries = readdirSync('intents', { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.md'),
);

describe('our own words hold no secret, and come out as we wrote them', () => {
  it.each(entries)('in intents/%s', (file) => {
    const text = readFileSync(path.join('intents', file), 'utf8');
    expect(mask(text)).toBe(text);
  });

  it('in every message of a check and every title', () => {
    const texts = [
      ...checks.flatMap(({ title, messages }) => [title, ...Object.values(messages).map(({ text }) => text)]),
      ...remediations.map(({ title }) => title),
    ];
    expect(texts.length).toBeGreaterThan(100);
    expect(texts.map(mask)).toEqual(texts);
  });
});
