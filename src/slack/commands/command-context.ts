import type { Person } from '../../proposals/proposal.js';
import type { SlackMessage } from '../kit/message.js';
import type { ParsedCommand } from './parse-command.js';

/** One command as it came in. */
export interface CommandContext {
  readonly command: ParsedCommand;
  readonly who: Person;
  readonly channel: string;
  /** Set when it was said in a thread; slash commands never are. */
  readonly threadTs?: string | undefined;
  /** Opens a form, for three seconds; absent where nothing was typed after a slash. */
  readonly triggerId?: string | undefined;
  /** Answers so that only the asker sees it. */
  reply(...messages: readonly SlackMessage[]): Promise<void>;
}

export type Command = (context: CommandContext) => Promise<void>;
