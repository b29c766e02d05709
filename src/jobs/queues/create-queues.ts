import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Job, type JobsOptions, Queue, type Telemetry } from 'bullmq';
import { z } from 'zod';
import { mask, maskAll } from '../../masking/mask.js';
import type { Masked } from '../../masking/masked.js';
import type { RedisClient } from '../../ops/connect-redis.js';
import { onRedis } from '../../ops/on-redis.js';
import { type MessageRef, messageRefSchema } from '../../proposals/proposal.js';
import { type Looked, lookedSchema, type Notification, notificationSchema } from '../alerts/alert.js';
import { markCancelled } from '../cancel-marks.js';
import { type CheckFollowers, createCheckFollowers } from '../check/check-followers.js';
import { fewEvents, forgotten, latest, remembered, unlimited, tracedBy } from './job-options.js';
import { parsePayload } from './parse-payload.js';
import {
  type CardJob,
  type CareJob,
  type CheckJob,
  cardJobSchema,
  careJobSchema,
  checkJobSchema,
  type FixJob,
  type FleetJob,
  fixJobSchema,
  type QuestionJob,
  questionJobSchema,
} from './payloads.js';
import { alertTasks, cardTasks, jobIds, type QueueName, queueNames, scheduleTasks } from './queue-names.js';

export interface RunningCheck {
  readonly runId: string;
  readonly job: CheckJob;
  readonly state: 'waiting' | 'running';
  readonly since?: string | undefined;
  /** Where its progress message stands, once posted. */
  readonly at?: MessageRef | undefined;
}

/** The check after a change. */
type Recheck = CheckJob & { readonly after: NonNullable<CheckJob['after']> };

type QueueCounts = Readonly<
  Record<QueueName, { waiting: number; active: number; delayed: number; failed: number }>
>;

/** Puts work on the queues; the same request made again is the same job. */
export interface Queues {
  /** `joined` = the same check of the same cluster is under way already, as `runId`. */
  check(request: Omit<CheckJob, 'runId'>): Promise<{ runId: string; joined: boolean; at?: MessageRef }>;
  /**
   * A check that joins nothing that began before its change, for it must see what was changed just now. Of one result
   * they run one after the other, so that the latest is what it shows in the end.
   */
  recheck(job: Recheck): Promise<void>;
  /** Who joined the run from elsewhere and is to be told; nobody can any more from then on. */
  followers: CheckFollowers['close'];
  fix(job: FixJob): Promise<void>;
  /** Secrets in the text, such as those of a pasted log, are masked before it is kept. */
  question(job: QuestionJob): Promise<void>;
  /** Brings a card in line with its proposal; many requests become one edit. */
  card(job: CardJob): Promise<void>;
  /** For one that was found to lag behind: does nothing once it has caught up. */
  catchUpCard(job: CardJob): Promise<void>;
  expireCard(due: { proposalId: string; at: Date }): Promise<void>;
  /** Has a fix that worked looked at again, `hours` after `since`. */
  care(due: CareJob & { since: Date }): Promise<void>;
  /** Shows Home anew to all who have it open; many requests become one. */
  home(): Promise<void>;
  /** What an alert sender told; the same told twice while it waits is one job. */
  alerts(notification: Notification): Promise<void>;
  /** The check of an incident: joins nothing, for its result belongs in the incident's thread. */
  checkIncident(job: CheckJob & { readonly incident: string }): Promise<void>;
  /** The check of an incident has ended. */
  looked(looked: Looked): Promise<void>;
  /** false = no such run under way. */
  cancelCheck(runId: string): Promise<boolean>;
  running(): Promise<readonly RunningCheck[]>;
  counts(): Promise<QueueCounts>;
  readonly queues: readonly Queue[];
  close(): Promise<void>;
}

interface QueuesOptions {
  readonly connection: RedisClient;
  readonly prefix: string;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly telemetry?: Telemetry | undefined;
  readonly onQueued?: ((queue: QueueName, job: string) => void) | undefined;
}

/** Why a cluster is not asked may be somebody's words. */
type QueuedFleet = Omit<FleetJob, 'leftOut'> & {
  readonly leftOut: readonly { readonly name: string; readonly why: Masked }[];
};

/** What may stand in a job: ids and names, and of texts none that is not masked. */
export type Queued =
  | CheckJob
  | FixJob
  | CardJob
  | Masked<Notification>
  | Masked<Looked>
  | CareJob
  | Record<string, never>
  | QueuedFleet
  | (Omit<QuestionJob, 'text'> & { readonly text: Masked });

/** What changes within it is shown together. */
const TOGETHER_MS = 1500;

/** Between two looks at whether a run that told its result has ended. */
const ENDING_MS = 50;

const HOUR_MS = 3_600_000;

const savedSchema = z.object({ at: messageRefSchema });

export function createQueues(options: QueuesOptions): Queues {
  const { connection, prefix, now, newId, onQueued } = options;
  const traced = tracedBy(options.telemetry);
  const open = (name: QueueName): Queue =>
    new Queue(name, { connection, prefix, defaultJobOptions: unlimited, ...fewEvents, ...traced });
  const followers = createCheckFollowers(connection, prefix);
  const queues = Object.fromEntries(queueNames.map((name) => [name, open(name)])) as Record<QueueName, Queue>;
  // Its commands reject as well: the caller hears of the fault, and the connection logs it.
  for (const queue of Object.values(queues)) queue.on('error', () => undefined);

  const add = async (
    queue: QueueName,
    name: string,
    work: { data: Queued; options: JobsOptions },
  ): Promise<Job> => {
    const job = await onRedis('queue a job', () => queues[queue].add(name, work.data, work.options));
    onQueued?.(queue, job.id ?? name);
    return job;
  };

  /** Where the message of the joined run is elsewhere, its result is posted to who asked here as well. */
  async function isToldTo(asked: CheckJob, runId: string, running: Job | undefined): Promise<boolean> {
    const first = checkJobSchema.safeParse(running?.data);
    if (first.success && first.data.channel === asked.channel) return true;
    const { channel, threadTs, requestedBy } = asked;
    return followers.add(runId, { channel, threadTs, requestedBy });
  }

  return {
    queues: Object.values(queues),

    check: async (request) => {
      const job = parsePayload(checkJobSchema, { ...request, runId: newId() }, 'check');
      const id = jobIds.check(job.runId);
      const options = { ...latest, jobId: id, deduplication: { id: scopeOf(job) } };
      for (;;) {
        const added = await add('checks', 'check', { data: job, options });
        if (added.id === id || added.id === undefined) return { runId: job.runId, joined: false };
        const running = await onRedis('look up a job', () => queues.checks.getJob(added.id ?? ''));
        const runId = runIdOf(added.id);
        if (await isToldTo(job, runId, running)) return { runId, joined: true, ...placeOf(running) };
        // It has told its followers and ends in this moment: then this is a run of its own.
        await sleep(ENDING_MS);
      }
    },

    recheck: async (payload) => {
      const data = parsePayload(checkJobSchema, payload, 'check');
      const deduplication = { id: `after-${payload.after.run}`, keepLastIfActive: true };
      const options = { ...latest, jobId: jobIds.check(data.runId), deduplication };
      await add('checks', 'check', { data, options });
    },

    followers: followers.close,

    fix: async (payload) => {
      const data = parsePayload(fixJobSchema, payload, 'fix');
      await add('fixes', 'fix', { data, options: { ...forgotten, jobId: jobIds.fix(data.proposalId) } });
    },

    question: async (payload) => {
      const data = { ...parsePayload(questionJobSchema, payload, 'question'), text: mask(payload.text) };
      await add('questions', 'question', { data, options: { ...remembered, jobId: jobIds.question(data) } });
    },

    card: async (payload) => {
      const data = parsePayload(cardJobSchema, payload, 'card');
      const deduplication = { id: `show-${data.proposalId}`, keepLastIfActive: true };
      await add('cards', cardTasks.show, { data, options: { ...forgotten, deduplication } });
    },

    catchUpCard: async (payload) => {
      const data = parsePayload(cardJobSchema, payload, 'card');
      const deduplication = { id: `catch-up-${data.proposalId}` };
      await add('cards', cardTasks.catchUp, { data, options: { ...forgotten, deduplication } });
    },

    expireCard: async ({ proposalId, at }) => {
      const data = parsePayload(cardJobSchema, { proposalId }, 'card');
      const delay = Math.max(0, at.getTime() - now().getTime());
      const options = { ...forgotten, jobId: jobIds.expire(proposalId), delay };
      await add('cards', cardTasks.expire, { data, options });
    },

    care: async ({ proposalId, hours, since }) => {
      const data = parsePayload(careJobSchema, { proposalId, hours }, 'care');
      const delay = Math.max(0, since.getTime() + hours * HOUR_MS - now().getTime());
      const options = { ...forgotten, jobId: jobIds.care(proposalId, hours), delay };
      await add('schedules', scheduleTasks.care, { data, options });
    },

    home: async () => {
      const deduplication = { id: 'home', keepLastIfActive: true };
      await add('homes', 'home', { data: {}, options: { ...forgotten, deduplication, delay: TOGETHER_MS } });
    },

    alerts: async (payload) => {
      const data = maskAll(parsePayload(notificationSchema, payload, 'alert'));
      const jobId = `take-${createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 32)}`;
      await add('alerts', alertTasks.take, { data, options: { ...forgotten, jobId } });
    },

    checkIncident: async (payload) => {
      const data = parsePayload(checkJobSchema, payload, 'check');
      await add('checks', 'check', { data, options: { ...remembered, jobId: jobIds.check(data.runId) } });
    },

    looked: async (payload) => {
      const data = maskAll(parsePayload(lookedSchema, payload, 'alert'));
      await add('alerts', alertTasks.show, { data, options: forgotten });
    },

    cancelCheck: async (runId) => {
      const job = await onRedis('look up a job', () => queues.checks.getJob(jobIds.check(runId)));
      if (!job || job.finishedOn !== undefined) return false;
      await markCancelled({ redis: connection, prefix, runId });
      return true;
    },

    running: () => onRedis('list running checks', () => runningChecks(queues.checks)),

    counts: () =>
      onRedis('count jobs', async () => {
        const counted = await Promise.all(
          queueNames.map(async (name) => [name, await countsOf(queues[name])]),
        );
        return Object.fromEntries(counted) as QueueCounts;
      }),

    close: async () => {
      await Promise.all(Object.values(queues).map((queue) => queue.close()));
    },
  };
}

async function countsOf(queue: Queue): Promise<QueueCounts[QueueName]> {
  const states = ['waiting', 'prioritized', 'active', 'delayed', 'failed'] as const;
  const { waiting = 0, prioritized = 0, ...rest } = await queue.getJobCounts(...states);
  return { active: 0, delayed: 0, failed: 0, ...rest, waiting: waiting + prioritized };
}

/** The same checks of the same part of the same cluster are one run, whoever asks. */
function scopeOf({ cluster, checks, scope }: CheckJob): string {
  const wanted = [cluster, [...checks].sort(), [...scope.namespaces].sort(), scope.node ?? '', scope.path];
  return createHash('sha256').update(JSON.stringify(wanted)).digest('hex').slice(0, 32);
}

const runIdOf = (jobId: string): string => jobId.slice(jobIds.check('').length);

function placeOf(job: Job | undefined): { at?: MessageRef } {
  const saved = savedSchema.safeParse(job?.progress);
  return saved.success ? { at: saved.data.at } : {};
}

async function runningChecks(queue: Queue): Promise<readonly RunningCheck[]> {
  const lists = await Promise.all([
    queue.getActive().then((jobs) => jobs.map((job) => describe(job, 'running'))),
    queue
      .getJobs(['waiting', 'prioritized', 'delayed'])
      .then((jobs) => jobs.map((job) => describe(job, 'waiting'))),
  ]);
  return lists.flat(2);
}

function describe(job: Job | undefined, state: RunningCheck['state']): readonly RunningCheck[] {
  const payload = checkJobSchema.safeParse(job?.data);
  if (!job || !payload.success) return [];
  const since = job.processedOn === undefined ? {} : { since: new Date(job.processedOn).toISOString() };
  return [{ runId: payload.data.runId, job: payload.data, state, ...since, ...placeOf(job) }];
}
