import type { WebClient } from '@slack/web-api';
import type { Queues } from '../../jobs/create-queues.js';
import type { QuestionJob } from '../../jobs/payloads.js';
import type { Logger } from '../../ops/log.js';
import { isAddressed } from './spoken-to.js';

export interface AskPorts {
  readonly queues: Pick<Queues, 'question'>;
  readonly client: Pick<WebClient, 'apiCall'>;
  readonly logger: Logger;
}

/** Hands a question to the workers; shows who spoke to acknet that it is being looked at. */
export async function askQuestion({ queues, client, logger }: AskPorts, job: QuestionJob): Promise<void> {
  await queues.question(job);
  if (!isAddressed(job.surface)) return;
  await client
    .apiCall('assistant.threads.setStatus', {
      channel_id: job.channel,
      thread_ts: job.threadTs ?? job.ts,
      status: 'is looking it up…',
    })
    .catch((error: unknown) => logger.debug({ err: error }, 'thread status not shown'));
}
