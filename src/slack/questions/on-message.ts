import type { App } from '@slack/bolt';
import { isCheckId } from '../../checks/judging/choose-checks.js';
import type { Conversations } from '../../intents/conversation/create-conversations.js';
import type { Matcher } from '../../intents/intent.js';
import type { Person } from '../../proposals/proposal.js';
import { isKnownName, type NamedThings } from '../commands/known-names.js';
import { runCommand } from '../commands/run-command.js';
import { spokenCommand } from '../commands/spoken-command.js';
import { typedCommand } from '../commands/typed-command.js';
import type { SlackMessage } from '../kit/message.js';
import { type EphemeralPorts, ephemeralReply } from '../listeners/ephemeral-reply.js';
import { answerTalk, type TalkPorts } from '../talk/answer-talk.js';
import type { Poster } from '../wire/create-poster.js';
import type { HeardBefore } from '../wire/heard-before.js';
import { type AskPorts, askQuestion } from './ask-question.js';
import { askerOf, type PersonMessage, readPersonMessage, saidSchema } from './message-events.js';
import { withoutNames } from './name-cluster.js';
import { questionText } from './question-text.js';
import { type FaultPorts, sayFaults } from './say-faults.js';
import { isAddressed, type Surface, type SurfacePorts, surfaceOf } from './spoken-to.js';

interface MessagePorts
  extends SurfacePorts,
    AskPorts,
    TalkPorts,
    EphemeralPorts,
    FaultPorts,
    Pick<NamedThings, 'catalogue' | 'checks' | 'remediations'> {
  readonly config: SurfacePorts['config'] & TalkPorts['config'];
  readonly heard: Pick<HeardBefore, 'once'>;
  readonly readTalk: Conversations['readTalk'];
  readonly isOfTheField: Matcher['isOfTheField'];
  readonly poster: EphemeralPorts['poster'] & FaultPorts['poster'] & Pick<Poster, 'post'>;
}

interface Delivery {
  /** An event of its own for a mention, beside the one every message has. */
  readonly isMention: boolean;
  readonly event: unknown;
  readonly team: string | undefined;
  readonly botUser: string | undefined;
}

/**
 * Everything said where acknet is: mentions, DMs, replies in its threads, and, in channels that opt in, any question.
 * Of all that Slack sends this is the most by far, so that it goes no further: Bolt asks each listener behind it, those
 * of all buttons included, whether it is meant, and makes promises and arguments anew for each.
 */
export function onMessage(app: App, ports: MessagePorts): void {
  app.use(async ({ body, context, next }) => {
    const said = saidSchema.safeParse(body);
    if (!said.success) return next();
    const { event, team_id: team } = said.data;
    await hear(ports, { isMention: event.type === 'app_mention', event, team, botUser: context.botUserId });
  });
}

type Around = (work: () => Promise<void>) => Promise<void>;

const plainly: Around = (work) => work();

/** What a reply comes to depends on what its thread is about by then, so that it is decided once over all bots. */
async function hear(ports: MessagePorts, delivery: Delivery): Promise<void> {
  const message = readPersonMessage(delivery.event);
  if (message === undefined || message.user === delivery.botUser) return;
  const once: Around = (work) => ports.heard.once(`message:${message.channel}:${message.ts}`, work);
  if (message.thread_ts === undefined) return take(ports, { delivery, message, once });
  await once(() => take(ports, { delivery, message, once: plainly }));
}

interface Taken {
  readonly delivery: Delivery;
  readonly message: PersonMessage;
  /** Around what would be done again each time. */
  readonly once: Around;
}

async function take(ports: MessagePorts, { delivery, message, once }: Taken): Promise<void> {
  const { isMention, team, botUser = '' } = delivery;
  const surface = await surfaceOf(ports, message, botUser);
  if (surface === undefined) return;
  // Faults of a mention are said once: by the event of its own.
  const told: Around = (work) =>
    isMention || surface === 'dm' ? sayFaults(ports, message, work) : plainly(work);
  const heard = { message, surface, who: askerOf(message, team) };
  await told(() => answerMessage(ports, heard, (work) => once(() => told(work))));
}

interface Heard {
  readonly message: PersonMessage;
  readonly surface: Surface;
  readonly who: Person;
}

/**
 * A command in plain words, ordinary talk, or else a question. What was only overheard is nothing but a question. Asked
 * twice, by two bots or after one died, a question is one job all the same.
 */
async function answerMessage(
  ports: MessagePorts,
  { message, surface, who }: Heard,
  once: Around,
): Promise<void> {
  const { channel, ts, thread_ts: threadTs } = message;
  const text = questionText(message.text);
  const said = withoutNames(text, ports.clusters.names);
  const ask = () => askQuestion(ports, { channel, ts, threadTs, text, asker: who, surface });
  if (surface === 'overheard') return ports.readTalk(said) === undefined ? ask() : undefined;

  const reply = replyTo(ports, { message, surface, who });
  const command = commandIn(ports, text);
  if (command !== undefined) return once(() => runCommand(ports, command, { who, channel, threadTs, reply }));
  // What begins a thread has nothing before it.
  const topic = threadTs === undefined ? undefined : await ports.exchanges.topic(channel, threadTs);
  const kind = ports.readTalk(said, topic?.entry);
  if (kind === undefined) return ask();
  const addressed = isAddressed(surface);
  const talk = { kind, who, channel, threadTs, cluster: topic?.cluster, addressed, reply };
  return once(() => answerTalk(ports, talk));
}

const commandIn = (ports: MessagePorts, text: string): string | undefined =>
  spokenCommand(text, {
    clusters: ports.clusters.names,
    isCheck: (word) => isCheckId(ports.checks, word),
    isOfTheField: ports.isOfTheField,
  }) ?? typedCommand(text, { isName: (word) => isKnownName(ports, word) });

/** Where it can be seen: a DM has no other readers, elsewhere only who spoke sees it. */
function replyTo(ports: MessagePorts, { message, surface, who }: Heard) {
  const { channel, ts, thread_ts: threadTs } = message;
  if (surface !== 'dm') return ephemeralReply(ports, { channel, user: who.user, threadTs });
  return async (...messages: readonly SlackMessage[]): Promise<void> => {
    for (const [at, one] of messages.entries())
      await ports.poster.post(`said:${channel}:${ts}:${at}`, { channel, threadTs }, one);
  };
}
