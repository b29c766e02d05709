import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const sections = readFileSync('CHANGELOG.md', 'utf8').split(/^(?=## )/m);

describe('the changelog', () => {
  it.each(sections.slice(1).map((section) => [section.split('\n')[0], section]))(
    'says nothing twice under %s',
    (_title, section = '') => {
      const lines = section
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line.startsWith('- '));
      expect(lines.filter((line, at) => lines.indexOf(line) !== at)).toEqual([]);
      expect(lines.length).toBeGreaterThan(0);
    },
  );
});
