import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from '@jest/globals';

/** Compares with `file`, as it was looked at and found good. ACKNET_UPDATE_GOLDEN=1 writes it anew: look at the diff. */
export function expectGolden(file: string, value: unknown): void {
  const text = `${JSON.stringify(value, null, 1)}\n`;
  if (process.env.ACKNET_UPDATE_GOLDEN === '1') writeFileSync(file, text);
  expect(JSON.parse(text)).toEqual(JSON.parse(readFileSync(file, 'utf8')));
}

/** The same for a text. */
export function expectGoldenText(file: string, text: string): void {
  if (process.env.ACKNET_UPDATE_GOLDEN === '1') writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
}
