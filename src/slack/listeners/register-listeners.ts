import type { App } from '@slack/bolt';
import { onRunButtons } from '../checks/on-run-buttons.js';
import { onCommand } from '../commands/on-command.js';
import { onProposalButtons } from '../fixes/on-proposal-buttons.js';
import { onProposalModals } from '../fixes/on-proposal-modals.js';
import { onStartFix } from '../fixes/on-start-fix.js';
import { onFleetButtons } from '../fleets/on-fleet-buttons.js';
import { onAppHomeOpened } from '../home/on-app-home-opened.js';
import { onAnswerButtons } from '../questions/on-answer-buttons.js';
import { onAppMention } from '../questions/on-app-mention.js';
import { onMessage } from '../questions/on-message.js';
import type { SlackServices } from '../slack-services.js';
import { onDuplicates } from '../wire/on-duplicates.js';
import { onUserGroups } from '../wire/on-user-groups.js';

const listeners = [
  onDuplicates,
  onAppMention,
  onMessage,
  onCommand,
  onAnswerButtons,
  onRunButtons,
  onFleetButtons,
  onProposalButtons,
  onProposalModals,
  onStartFix,
  onAppHomeOpened,
  onUserGroups,
] as const;

export function registerListeners(app: App, services: SlackServices): void {
  for (const register of listeners) register(app, services);
}
