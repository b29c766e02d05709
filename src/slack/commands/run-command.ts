import { isAcknetError } from '../../errors.js';
import type { Logger } from '../../ops/log.js';
import { errorView } from '../kit/notices.js';
import type { Command, CommandContext } from './command-context.js';
import type { CommandName } from './command-table.js';
import { parseCommand } from './parse-command.js';

export interface CommandPorts {
  readonly commands: Readonly<Record<CommandName, Command>>;
  readonly logger: Logger;
}

/** Parses and runs what follows `/acknet`. Whatever goes wrong is said to the asker; never rejects for that. */
export async function runCommand(
  { commands, logger }: CommandPorts,
  text: string,
  context: Omit<CommandContext, 'command'>,
): Promise<void> {
  try {
    const command = parseCommand(text);
    await commands[command.name]({ ...context, command });
  } catch (error) {
    if (!isAcknetError(error)) logger.error({ err: error }, 'command failed');
    await context.reply(errorView(error));
  }
}
