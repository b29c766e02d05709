import { isAcknetError } from '../../errors.js';
import type { CommandName } from '../command-table.js';
import { parseCommand } from '../parse-command.js';
import { errorView } from '../views/notices.js';
import { ask } from './ask.js';
import { cancel } from './cancel.js';
import { check } from './check.js';
import type { Command, CommandContext } from './command-context.js';
import { fix } from './fix.js';
import { fleet } from './fleet.js';
import { mute, unmute } from './mute.js';
import { checks, clusters, explain, help, history, pending, status } from './overviews.js';
import { feedback, unanswered } from './question-lists.js';

const runners: Readonly<Record<CommandName, Command>> = {
  ...{ help, ask, check, checks, explain, status, cancel, pending, history, fix, mute, unmute, clusters },
  ...{ fleet, unanswered, feedback },
};

/** Parses and runs what follows `/acknet`. Whatever goes wrong is said to the asker; never rejects for that. */
export async function runCommand(text: string, context: Omit<CommandContext, 'command'>): Promise<void> {
  try {
    const command = parseCommand(text);
    await runners[command.name]({ ...context, command });
  } catch (error) {
    if (!isAcknetError(error)) context.services.logger.error({ err: error }, 'command failed');
    await context.reply(errorView(error));
  }
}
