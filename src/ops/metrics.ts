import { Counter, Histogram, Registry } from 'prom-client';

export interface Metrics {
  readonly registry: Registry;
  /** By queue and result: done, retried, failed. */
  readonly jobs: Counter<'queue' | 'result'>;
  /** By kind: sure, torn, unplaced. */
  readonly questions: Counter<'kind'>;
  /** Proposal transitions by the state reached. */
  readonly proposals: Counter<'state'>;
  readonly checkSeconds: Histogram<'cluster'>;
  /** Socket Mode frames that Slack would not send. */
  readonly droppedFrames: Counter<'why'>;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    jobs: new Counter({
      name: 'acknet_jobs_total',
      help: 'Jobs ended',
      labelNames: ['queue', 'result'],
      registers,
    }),
    questions: new Counter({
      name: 'acknet_questions_total',
      help: 'Questions by how they were placed',
      labelNames: ['kind'],
      registers,
    }),
    proposals: new Counter({
      name: 'acknet_proposal_transitions_total',
      help: 'Proposal states reached',
      labelNames: ['state'],
      registers,
    }),
    droppedFrames: new Counter({
      name: 'acknet_dropped_frames_total',
      help: 'Socket Mode frames that were not understood, by why',
      labelNames: ['why'],
      registers,
    }),
    checkSeconds: new Histogram({
      name: 'acknet_check_run_seconds',
      help: 'Wall time of a check run',
      labelNames: ['cluster'],
      buckets: [0.5, 1, 2, 5, 10, 30, 60, 120],
      registers,
    }),
  };
}
