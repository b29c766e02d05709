import { expect } from '@jest/globals';
import { checkMessage, textLimit } from '../../sandbox/slack/limits/check-message.js';
import { charactersOf } from '../../src/slack/kit/blocks.js';
import type { Posting, SlackMessage } from '../../src/slack/kit/message.js';
import { onWire } from '../../src/slack/kit/on-wire.js';

/** Slack refuses more from about here on; source: bolt-js issues 2509 and 2867. */
const BLOCK_TEXT = 11_000;

/** Slack takes the message as it would be sent, it has a text of its own, and nothing in it calls anybody by accident. */
export function expectSendable(...messages: readonly SlackMessage[]): void {
  for (const message of messages) {
    const wire = onWire(message);
    expect(wire.text.trim()).not.toBe('');
    expect([...wire.text].length).toBeLessThanOrEqual(textLimit.update);
    expect(charactersOf(wire.blocks)).toBeLessThanOrEqual(BLOCK_TEXT);
    expect(() => checkMessage(JSON.parse(JSON.stringify(wire)))).not.toThrow();
    expect(mrkdwnIn(wire)).not.toMatch(/<!(channel|here|everyone)/);
  }
}

export const messagesOf = ({ first, more }: Posting): SlackMessage[] => [first, ...more];

/** Every text that Slack reads as mark-up: not rich_text, not plain_text. */
function mrkdwnIn(value: unknown): string {
  if (Array.isArray(value)) return value.map(mrkdwnIn).join('\n');
  if (typeof value !== 'object' || value === null) return '';
  const { type, text, ...rest } = value as { type?: unknown; text?: unknown };
  if (type === 'rich_text' || type === 'plain_text') return '';
  return [typeof text === 'string' ? text : mrkdwnIn(text), ...Object.values(rest).map(mrkdwnIn)].join('\n');
}

/** The worst a log line, a ConfigMap or a person can hold. */
export const hostile = '<!channel> <@U0BO> & `code` ```fence``` *b* _i_ ~s~ <https://x.y|z> 😀\n';
export const huge = hostile.repeat(900);
