import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { QuestionJob } from '../../jobs/queues/payloads.js';
import type { Queues } from '../../jobs/queues/queues.js';
import type { Logger } from '../../ops/log.js';
import { questionTexts as texts } from '../../texts/questions.js';

/** Tells who asked that the answer takes its time; most stand before anybody waits. Never rejects. */
export type ShowWaiting = (job: QuestionJob) => Promise<void>;

interface WaitingPorts {
  readonly queues: Pick<Queues, 'isAnswering'>;
  readonly client: Pick<WebClient, 'apiCall'>;
  readonly logger: Logger;
  /** How long nobody needs to be told. */
  readonly afterMs: number;
  /** Questions that are watched at a time: in a flood, calls to Slack for each would hold up the answers. */
  readonly atMost: number;
}

/** Slack takes a status away by itself after two minutes. */
const SHOWN_MS = 120_000;

/**
 * Slack takes a status away when something is posted in its thread: one that crossed with the answer would stay, so it is
 * taken away once the job has ended.
 */
export function createShowWaiting({ queues, client, logger, afterMs, atMost }: WaitingPorts): ShowWaiting {
  let watched = 0;
  const isStillAnswering = async (job: QuestionJob): Promise<boolean> => {
    await sleep(afterMs, undefined, { ref: false });
    return queues.isAnswering(job);
  };
  const show = ({ channel, ts, threadTs }: QuestionJob, status: string) =>
    client.apiCall('assistant.threads.setStatus', { channel_id: channel, thread_ts: threadTs ?? ts, status });
  const untilAnswered = async (job: QuestionJob): Promise<void> => {
    for (let shownMs = 0; shownMs < SHOWN_MS; shownMs += Math.max(1, afterMs))
      if (!(await isStillAnswering(job))) return;
  };

  return async (job) => {
    if (watched >= atMost) return;
    watched += 1;
    try {
      if (!(await isStillAnswering(job))) return;
      await show(job, texts.lookingUp)
        .then(() => untilAnswered(job))
        .finally(() => show(job, ''));
    } catch (error) {
      logger.debug({ err: error }, 'thread status not shown');
    } finally {
      watched -= 1;
    }
  };
}
