import { isAcknetError } from '../../errors.js';
import { cancel } from '../checks/cancel.js';
import { check } from '../checks/check.js';
import { mute, unmute } from '../checks/mute.js';
import { fix } from '../fixes/fix.js';
import { fleet } from '../fleets/fleet.js';
import { errorView } from '../kit/notices.js';
import { ask } from '../questions/ask.js';
import { feedback, unanswered } from '../questions/records/question-lists.js';
import type { Command, CommandContext } from './command-context.js';
import type { CommandName } from './command-table.js';
import { checks, clusters, explain, help, history, pending, status } from './overviews.js';
import { parseCommand } from './parse-command.js';

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
