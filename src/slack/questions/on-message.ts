import type { App } from '@slack/bolt';
import type { Clusters } from '../../cluster/ports.js';
import { mentionedCommand } from '../commands/mentioned-command.js';
import { type CommandPorts, runCommand } from '../commands/run-command.js';
import { type EphemeralPorts, ephemeralReply } from '../listeners/ephemeral-reply.js';
import { type AskPorts, askQuestion } from './ask-question.js';
import { askerOf, type PersonMessage, readPersonMessage } from './message-events.js';
import { questionText } from './question-text.js';
import { type FaultPorts, sayFaults } from './say-faults.js';
import { type SurfacePorts, surfaceOf } from './spoken-to.js';

interface MessagePorts extends SurfacePorts, AskPorts, CommandPorts, EphemeralPorts, FaultPorts {
  readonly clusters: Pick<Clusters, 'names'>;
  readonly poster: EphemeralPorts['poster'] & FaultPorts['poster'];
}

interface Delivery {
  /** An event of its own for a mention, beside the one every message has. */
  readonly isMention: boolean;
  readonly event: unknown;
  readonly team: string | undefined;
  readonly botUser: string | undefined;
}

/** Everything said where acknet is: mentions, DMs, replies in its threads, and, in channels that opt in, any question. */
export function onMessage(app: App, ports: MessagePorts): void {
  app.event('app_mention', ({ event, body, context }) =>
    hear(ports, { isMention: true, event, team: body.team_id, botUser: context.botUserId }),
  );
  app.event('message', ({ event, body, context }) =>
    hear(ports, { isMention: false, event, team: body.team_id, botUser: context.botUserId }),
  );
}

async function hear(ports: MessagePorts, { isMention, event, team, botUser = '' }: Delivery): Promise<void> {
  const message = readPersonMessage(event);
  if (message === undefined || message.user === botUser) return;
  const surface = await surfaceOf(ports, message, botUser);
  if (surface === undefined) return;
  const answer = () => answerMessage(ports, { message, surface, who: askerOf(message, team) });
  // Faults of a mention are said once: by the event of its own.
  await (isMention || surface === 'dm' ? sayFaults(ports, message, answer) : answer());
}

interface Heard {
  readonly message: PersonMessage;
  readonly surface: NonNullable<Awaited<ReturnType<typeof surfaceOf>>>;
  readonly who: ReturnType<typeof askerOf>;
}

/** A question, or a command where slash commands cannot be typed (threads). */
async function answerMessage(ports: MessagePorts, { message, surface, who }: Heard): Promise<void> {
  const { channel, ts, thread_ts: threadTs } = message;
  const text = questionText(message.text);
  const command = surface === 'mention' ? mentionedCommand(text, ports.clusters.names) : undefined;
  if (command === undefined) return askQuestion(ports, { channel, ts, threadTs, text, asker: who, surface });
  const reply = ephemeralReply(ports, { channel, user: who.user, threadTs });
  return runCommand(ports, command, { who, channel, threadTs, reply });
}
