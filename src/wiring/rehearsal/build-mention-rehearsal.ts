import { setTimeout as sleep } from 'node:timers/promises';
import {
  addRehearsed,
  clearRehearsals,
  noteRehearsal,
  openRehearsalQueue,
} from '../../jobs/question/rehearsal-queues.js';
import type { QuestionJob } from '../../jobs/queues/payloads.js';
import type { RedisClient } from '../../ops/connect-redis.js';
import { noTracing } from '../../ops/tracing/tracing.js';
import type { Command } from '../../slack/commands/command-context.js';
import { type CommandName, commands } from '../../slack/commands/command-table.js';
import { onMessage } from '../../slack/questions/on-message.js';
import { phrasingsOf } from '../../slack/questions/warm-up.js';
import { createHeardBefore } from '../../slack/wire/heard-before.js';
import { onDuplicates } from '../../slack/wire/on-duplicates.js';
import { onTrail } from '../../slack/wire/on-trail.js';
import { rehearseMentions } from '../../slack/wire/rehearsal/rehearse-mentions.js';
import type { Given } from '../app-ports.js';
import type { Core } from '../build-services.js';
import { silentLogger } from './silent-logger.js';

/** Redis answers sooner where it is there. */
const HERE_MS = 500;

/**
 * Takes mentions for nobody, as the bot takes those of people: into a queue of its own that no worker knows, with nothing
 * said, run, counted or logged. How many were queued.
 */
export function buildMentionRehearsal(core: Core, { ports, tuning }: Given) {
  const { redis: connection, now, newId } = ports;
  const prefix = `${tuning.prefix}:rehearsal`;
  const place = { connection, prefix, now };
  const logger = silentLogger(core.trail);
  return async (signal: AbortSignal): Promise<number> => {
    if (signal.aborted || !(await isHere(connection))) return 0;
    const id = newId();
    let queued = 0;
    const queue = openRehearsalQueue(place, id);
    const heard = { ...createHeardBefore(connection, prefix), once };
    // What comes after the end would stay.
    const add = async (job: QuestionJob): Promise<void> => {
      if (signal.aborted) return;
      await addRehearsed(queue, job);
      queued += 1;
    };
    const hearing = {
      ...core,
      logger,
      heard,
      tracing: noTracing,
      commands: silentCommands,
      poster: silentPoster,
      showWaiting: silent,
      queues: { ...core.queues, question: add },
    };
    try {
      await noteRehearsal(place, id);
      await rehearseMentions({
        connection: { apiUrl: core.config.slack.apiUrl, logger },
        listen: (app) => {
          onTrail(app, hearing);
          onDuplicates(app, hearing);
          onMessage(app, hearing);
        },
        texts: phrasingsOf(core.catalogue),
        newId,
        signal,
      });
      return queued;
    } finally {
      await queue.close().catch(silent);
      await clearRehearsals(place, id).catch(silent);
    }
  };
}

/** People are told by a bot that Redis is away: it rehearses for nobody then. */
const isHere = (connection: RedisClient): Promise<boolean> =>
  Promise.race([
    connection.ping().then(
      () => true,
      () => false,
    ),
    sleep(HERE_MS, false, { ref: false }),
  ]);

const silent = async (): Promise<undefined> => undefined;
const once = (_id: string, work: () => Promise<void>): Promise<void> => work();
const nowhere = async () => ({ channel: 'nowhere', ts: '1.1' });
const silentPoster = { post: nowhere, say: nowhere, whisper: silent };
const silentCommands = Object.fromEntries(
  Object.keys(commands).map((name) => [name, silent]),
) as unknown as Readonly<Record<CommandName, Command>>;
