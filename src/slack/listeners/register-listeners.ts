import type { App } from '@slack/bolt';
import type { SlackServices } from '../slack-services.js';
import { onAnswerButtons } from './on-answer-buttons.js';
import { onAppHomeOpened } from './on-app-home-opened.js';
import { onAppMention } from './on-app-mention.js';
import { onCommand } from './on-command.js';
import { onDuplicates } from './on-duplicates.js';
import { onFleetButtons } from './on-fleet-buttons.js';
import { onMessage } from './on-message.js';
import { onProposalButtons } from './on-proposal-buttons.js';
import { onProposalModals } from './on-proposal-modals.js';
import { onRunButtons } from './on-run-buttons.js';
import { onStartFix } from './on-start-fix.js';
import { onUserGroups } from './on-user-groups.js';

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
