import type { QuestionJob } from '../../jobs/payloads.js';
import type { SlackServices } from '../slack-services.js';

/** Hands a question to the workers, once per message whatever events it came in; shows that it is being looked at. */
export async function askQuestion(services: SlackServices, job: QuestionJob): Promise<void> {
  const { seen, queues, client, logger } = services;
  const id = `question:${job.channel}:${job.ts}`;
  if (await seen.has(id)) return;
  await queues.question(job);
  await seen.mark(id);
  if (job.surface !== 'mention' && job.surface !== 'dm') return;
  await client
    .apiCall('assistant.threads.setStatus', {
      channel_id: job.channel,
      thread_ts: job.threadTs ?? job.ts,
      status: 'is looking it up…',
    })
    .catch((error: unknown) => logger.debug({ err: error }, 'thread status not shown'));
}
