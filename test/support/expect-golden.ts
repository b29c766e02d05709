import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import { plainForm } from '../../src/slack/kit/fold.js';
import type { SlackMessage } from '../../src/slack/kit/message.js';
import { drawMessage } from './draw-message.js';

/** Compares with `file`, as it was looked at and found good. ACKNET_UPDATE_GOLDEN=1 writes it anew: look at the diff. */
export function expectGolden(file: string, value: unknown): void {
  const text = `${JSON.stringify(value, null, 1)}\n`;
  if (process.env.ACKNET_UPDATE_GOLDEN === '1') writeFileSync(file, text);
  expect(JSON.parse(text)).toEqual(JSON.parse(readFileSync(file, 'utf8')));
}

/** Messages as wide as a phone shows them: folded, opened, and where Slack takes no folds. */
export function expectPicture(file: string, messages: readonly SlackMessage[]): void {
  const text = messages
    .map((message) =>
      [
        `== ${message.text.slice(0, 200)}`,
        ...['', drawMessage(message.blocks), '-- opened', drawMessage(message.blocks, { open: true })],
        ...['-- without folds', drawMessage(plainForm(message).blocks)],
      ].join('\n'),
    )
    .join('\n');
  expectGoldenText(file, text);
}

/** The same for a text. */
export function expectGoldenText(file: string, text: string): void {
  if (process.env.ACKNET_UPDATE_GOLDEN === '1') writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
}
