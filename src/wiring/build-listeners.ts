import type { App } from '@slack/bolt';
import type { Core } from './build-services.js';
import { cancelCommand } from '../slack/checks/cancel.js';
import { checkCommand } from '../slack/checks/check.js';
import { muteCommand, unmuteCommand } from '../slack/checks/mute.js';
import { onCauseButtons } from '../slack/checks/on-cause-buttons.js';
import { onRunButtons } from '../slack/checks/on-run-buttons.js';
import type { Command } from '../slack/commands/command-context.js';
import type { CommandName } from '../slack/commands/command-table.js';
import { explainCommand } from '../slack/commands/explain.js';
import { onCommand } from '../slack/commands/on-command.js';
import {
  checksCommand,
  clustersCommand,
  helpCommand,
  historyCommand,
  pendingCommand,
  statusCommand,
  versionCommand,
} from '../slack/commands/overviews.js';
import { rebindCommand } from '../slack/commands/rebind.js';
import { fixCommand } from '../slack/fixes/fix.js';
import { onProposalButtons } from '../slack/fixes/on-proposal-buttons.js';
import { onProposalModals } from '../slack/fixes/on-proposal-modals.js';
import { onStartFix } from '../slack/fixes/start/on-start-fix.js';
import { fleetCommand } from '../slack/fleets/fleet.js';
import { onFleetButtons } from '../slack/fleets/on-fleet-buttons.js';
import { onAppHomeOpened } from '../slack/home/on-app-home-opened.js';
import { onHomeButtons } from '../slack/home/on-home-buttons.js';
import { askCommand } from '../slack/questions/ask.js';
import { onAnswerButtons } from '../slack/questions/buttons/on-answer-buttons.js';
import { onMessage } from '../slack/questions/on-message.js';
import { feedbackCommand, unansweredCommand } from '../slack/questions/records/question-lists.js';
import { scheduleCommand } from '../slack/schedules/schedule.js';
import { schedulesCommand } from '../slack/schedules/schedules.js';
import { unscheduleCommand } from '../slack/schedules/unschedule.js';
import { onDuplicates } from '../slack/wire/on-duplicates.js';
import { onTrail } from '../slack/wire/on-trail.js';
import { onUserChanges } from '../slack/wire/names/on-user-changes.js';

const buildCommands = (core: Core): Readonly<Record<CommandName, Command>> => ({
  help: helpCommand(core),
  ask: askCommand(core),
  check: checkCommand(core),
  fleet: fleetCommand(core),
  checks: checksCommand(core),
  explain: explainCommand(core),
  status: statusCommand(core),
  cancel: cancelCommand(core),
  pending: pendingCommand(core),
  history: historyCommand(core),
  fix: fixCommand(core),
  mute: muteCommand(core),
  unmute: unmuteCommand(core),
  schedule: shownAtHome(core, scheduleCommand(core)),
  schedules: schedulesCommand(core),
  unschedule: shownAtHome(core, unscheduleCommand(core)),
  clusters: clustersCommand(core),
  rebind: rebindCommand(core),
  unanswered: unansweredCommand(core),
  feedback: feedbackCommand(core),
  version: versionCommand(core),
});

/** Home lists what it changes. */
const shownAtHome =
  ({ showHome }: Pick<Core, 'showHome'>, command: Command): Command =>
  (context) =>
    command(context).finally(showHome);

/** Gives each listener the ports it declares, and registers it. What was heard before is dropped first. */
export const buildListeners =
  (core: Core) =>
  (app: App): void => {
    const speaking = { ...core, commands: buildCommands(core) };
    onTrail(app, core);
    onDuplicates(app, core);
    onMessage(app, speaking);
    onCommand(app, speaking);
    onAnswerButtons(app, core);
    onRunButtons(app, core);
    onCauseButtons(app, core);
    onFleetButtons(app, core);
    onProposalButtons(app, core);
    onProposalModals(app, core);
    onStartFix(app, core);
    onAppHomeOpened(app, core);
    onHomeButtons(app, core);
    onUserChanges(app, core);
  };
