import type { JobsOptions, QueueOptions, Telemetry } from 'bullmq';

/** The worker decides when to stop, by the kind of error; this only must not be the smaller number. */
export const unlimited: JobsOptions = { attempts: 1_000_000, backoff: { type: 'custom' } };

const DAY_SECONDS = 86_400;

/** Kept, so that a twin that arrives late is still the same job. */
export const remembered: JobsOptions = {
  removeOnComplete: { age: DAY_SECONDS, count: 10_000 },
  removeOnFail: { age: DAY_SECONDS, count: 10_000 },
};

/** Of checks only the latest are looked at in the queue board: what they found is kept apart from their jobs. */
export const latest: JobsOptions = { ...remembered, removeOnComplete: { age: DAY_SECONDS, count: 20 } };

/** Gone once done: the same id may be used again. */
export const forgotten: JobsOptions = { removeOnComplete: true, removeOnFail: true };

/** Nobody listens to the events that BullMQ tells of each job; each queue that is opened says so anew. */
export const fewEvents: Pick<QueueOptions, 'streams'> = { streams: { events: { maxLen: 100 } } };

/** For queues and workers alike; undefined = no traces. */
export const tracedBy = (telemetry: Telemetry | undefined): { readonly telemetry?: Telemetry } =>
  telemetry === undefined ? {} : { telemetry };
