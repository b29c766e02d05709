import { createQuestionHandler } from '../../jobs/question/run-question-job.js';
import { rehearseQuestions } from '../../jobs/question/rehearse-questions.js';
import type { WorkerLimits } from '../../jobs/workers/worker-limits.js';
import { createSendFolded } from '../../slack/wire/posts/send-folded.js';
import type { Given } from '../app-ports.js';
import type { Core } from '../build-services.js';
import { createExchangeStore } from '../../slack/questions/exchange-store.js';
import type { WarmUpPorts } from '../../slack/questions/warm-up.js';
import { createClients } from '../../slack/wire/create-clients.js';
import { createPoster } from '../../slack/wire/create-poster.js';
import { silentLogger } from './silent-logger.js';

/** What a rehearsal leaves in Redis is gone so soon. */
const KEEP_SECONDS = 60;
const DAY_SECONDS = 86_400;

interface Stage {
  readonly limits: WorkerLimits;
  /** Of a Slack that is none. */
  readonly apiUrl: string;
}

/** What answers for nobody: through a queue, with keys of its own, to a Slack that is none. */
export function buildRehearsal(core: Core, { ports, tuning }: Given, { limits, apiUrl }: Stage): WarmUpPorts {
  const { redis, now, newId } = ports;
  const logger = silentLogger(core.trail);
  const prefix = `${tuning.prefix}:rehearsal`;
  const { posts, replies } = createClients({ token: '', apiUrl, logger });
  return {
    ...core,
    takeTurn: ports.knowledge.takeTurn,
    exchanges: createExchangeStore(redis, prefix, KEEP_SECONDS / DAY_SECONDS),
    poster: createPoster({
      posts,
      replies,
      sendFolded: createSendFolded({ logger }),
      redis,
      prefix,
      now,
      newId,
      keepSeconds: KEEP_SECONDS,
    }),
    rehearse: (jobs, responder, signal) =>
      rehearseQuestions({
        connection: redis,
        prefix,
        now,
        newId,
        limits,
        logger,
        metrics: { jobs: { inc: () => undefined } },
        trail: core.trail,
        jobs,
        handler: createQuestionHandler({ responder }),
        signal,
      }),
  };
}
