import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

interface Promised {
  readonly number: string;
  readonly tests: readonly { readonly file: string; readonly title: string }[];
}

const promises: readonly Promised[] = readFileSync('docs/security.md', 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, number] = /^\| (\d+) \|/.exec(line) ?? [];
    if (number === undefined) return [];
    const found = [...line.matchAll(/`(test\/[^`]+)` “([^”]+)”/g)];
    return [{ number, tests: found.map(([, file = '', title = '']) => ({ file, title })) }];
  });
const rows = promises.flatMap(({ number, tests }) =>
  tests.map(({ file, title }): [string, string, string] => [number, file, title]),
);

/** As a test's own title, quoted in the source: mentioned in a comment does not count. */
const declares = (source: string, title: string): boolean =>
  [`'${title}'`, `\`${title}\``, `"${title}"`].some((quoted) => source.includes(quoted));

describe('the promises of docs/security.md', () => {
  it('are numbered without a gap, and each names a test', () => {
    expect(promises.map(({ number }) => Number(number))).toEqual(
      promises.map((_promise, index) => index + 1),
    );
    expect(promises.length).toBeGreaterThanOrEqual(13);
    expect(promises.filter(({ tests }) => tests.length === 0)).toEqual([]);
  });

  it.each(rows)('%s is held by %s, “%s”', (_number, file, title) => {
    expect(existsSync(file)).toBe(true);
    expect(file).toMatch(/\.test\.ts$/);
    const source = readFileSync(file, 'utf8');
    expect(declares(source, title)).toBe(true);
    expect(source).not.toMatch(/\b(?:it|test|describe)\.(?:skip|todo|failing|only)\b|\bx(?:it|describe)\(/);
  });
});
