import type { KnownBlock } from '@slack/types';

export type { KnownBlock };

/** One Slack message. `text` is the whole result in one line: screen readers and notifications show nothing else. */
export interface SlackMessage {
  /** Plain: it is escaped on its way out. */
  readonly text: string;
  /** Trusted mrkdwn that follows `text`, such as mentions. */
  readonly tail?: string | undefined;
  readonly blocks: readonly KnownBlock[];
  /** The blocks for a Slack that takes no containers; absent = these, each container opened. */
  readonly plain?: readonly KnownBlock[] | undefined;
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
