import type { Person } from '../../approvals/proposal.js';
import type { SlackMessage } from '../message.js';
import type { ParsedCommand } from '../parse-command.js';
import type { SlackServices } from '../slack-services.js';

/** One command as it came in. */
export interface CommandContext {
  readonly services: SlackServices;
  readonly command: ParsedCommand;
  readonly who: Person;
  readonly channel: string;
  /** Set when it was said in a thread; slash commands never are. */
  readonly threadTs?: string | undefined;
  /** Answers so that only the asker sees it. */
  reply(...messages: readonly SlackMessage[]): Promise<void>;
}

export type Command = (context: CommandContext) => Promise<void>;
