import type { KnownBlock } from '@slack/types';
import { clip, escapeMrkdwn, lengthOf } from './mrkdwn.js';

export type { KnownBlock };

/** One Slack message. `text` is the whole result in one line: screen readers and notifications show nothing else. */
export interface SlackMessage {
  /** Plain: it is escaped on its way out. */
  readonly text: string;
  /** Trusted mrkdwn that follows `text`, such as mentions. */
  readonly tail?: string;
  readonly blocks: readonly KnownBlock[];
}

/** What is too long for messages. */
export interface SlackFile {
  readonly name: string;
  readonly title: string;
  readonly content: string;
}

/** A message, and what follows it in its thread, in order. */
export interface Posting {
  readonly first: SlackMessage;
  readonly more: readonly SlackMessage[];
  readonly files: readonly SlackFile[];
}

/** chat.update refuses more than 4,000 characters of text. */
const TEXT = 3800;

/** What the Web API takes: Slack reads mark-up in the text too, so `<!channel>` in it would call everybody. */
export function onWire({ text, tail, blocks }: SlackMessage): { text: string; blocks: KnownBlock[] } {
  const rest = tail === undefined ? '' : ` ${tail}`;
  const whole = escapeMrkdwn(text) + rest;
  // An escaped character has at most five.
  const fits = lengthOf(whole) <= TEXT ? whole : escapeMrkdwn(clip(text, (TEXT - lengthOf(rest)) / 5)) + rest;
  return { text: fits, blocks: [...blocks] };
}
