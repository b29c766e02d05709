import {
  addRehearsed,
  clearRehearsals,
  noteRehearsal,
  openRehearsalQueue,
} from '../../jobs/question/rehearsal-queues.js';
import type { QuestionJob } from '../../jobs/queues/payloads.js';
import { createLogger } from '../../ops/log.js';
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

/**
 * Takes mentions for nobody, as the bot takes those of people: into a queue of its own that no worker knows, with nothing
 * said, run, counted or logged.
 */
export function buildMentionRehearsal(core: Core, { ports, tuning }: Given) {
  const { redis: connection, now, newId } = ports;
  const prefix = `${tuning.prefix}:rehearsal`;
  const place = { connection, prefix, now };
  const logger = createLogger({ level: 'info', trail: core.trail, destination: { write: () => undefined } });
  return async (signal: AbortSignal): Promise<void> => {
    const id = newId();
    const queue = openRehearsalQueue(place, id);
    const heard = { ...createHeardBefore(connection, prefix), once };
    // What comes after the end would stay.
    const add = async (job: QuestionJob) => (signal.aborted ? undefined : addRehearsed(queue, job));
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
    } finally {
      await queue.close().catch(silent);
      await clearRehearsals(place, id).catch(silent);
    }
  };
}

const silent = async (): Promise<undefined> => undefined;
const once = (_id: string, work: () => Promise<void>): Promise<void> => work();
const nowhere = async () => ({ channel: 'nowhere', ts: '1.1' });
const silentPoster = { post: nowhere, say: nowhere, whisper: silent };
const silentCommands = Object.fromEntries(
  Object.keys(commands).map((name) => [name, silent]),
) as unknown as Readonly<Record<CommandName, Command>>;
