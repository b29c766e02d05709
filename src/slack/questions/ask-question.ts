import type { WebClient } from '@slack/web-api';
import type { Queues } from '../../jobs/queues/queues.js';
import type { QuestionJob } from '../../jobs/queues/payloads.js';
import type { Logger } from '../../ops/log.js';
import { questionTexts as texts } from '../../texts/questions.js';
import { isAddressed } from './spoken-to.js';

export interface AskPorts {
  readonly queues: Pick<Queues, 'question'>;
  readonly client: Pick<WebClient, 'apiCall'>;
  readonly logger: Logger;
}

/**
 * Hands a question to the workers; shows who spoke to acknet that it is being looked at. Shown before: Slack takes it away
 * when the answer is posted, so a status set after a quick answer would stay.
 */
export async function askQuestion(ports: AskPorts, job: QuestionJob): Promise<void> {
  const shown = isAddressed(job.surface);
  if (shown) await showStatus(ports, job, texts.lookingUp);
  try {
    await ports.queues.question(job);
  } catch (error) {
    if (shown) await showStatus(ports, job, '');
    throw error;
  }
}

async function showStatus(
  { client, logger }: AskPorts,
  { channel, ts, threadTs }: QuestionJob,
  status: string,
): Promise<void> {
  await client
    .apiCall('assistant.threads.setStatus', { channel_id: channel, thread_ts: threadTs ?? ts, status })
    .catch((error: unknown) => logger.debug({ err: error }, 'thread status not shown'));
}
