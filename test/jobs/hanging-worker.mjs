// A worker process that takes one job, a fix unless told otherwise, saves where it is, and hangs until it is killed. It speaks BullMQ directly, with
// the settings of start-workers.ts: the sources are TypeScript, which Node 20 cannot run.

import { Worker } from 'bullmq';
import { Redis } from 'ioredis';

const connection = new Redis(process.env.REDIS_URL, { maxRetriesPerRequest: null });
new Worker(
  process.env.QUEUE ?? 'fixes',
  async (job) => {
    await job.updateProgress({ step: 'half-way' });
    process.send({ began: job.data.proposalId ?? job.data.cluster });
    await new Promise(() => {});
  },
  { connection, prefix: process.env.PREFIX, lockDuration: 400, stalledInterval: 100 },
);
