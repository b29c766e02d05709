import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { CloudAction } from '../cloud/actions.js';
import type { CallOutcome } from '../cloud/ports.js';
import type { Masked } from '../masking/masked.js';
import type { Proposal } from '../proposals/proposal.js';

/** Counts; what a label says is one of few words, or was masked. */
interface Counts<Labels> {
  inc(labels: Labels): void;
}

export interface Metrics {
  readonly registry: Registry;
  readonly jobs: Counts<{ queue: Masked; result: 'done' | 'retried' | 'failed' }>;
  readonly questions: Counts<{ kind: 'sure' | 'torn' | 'unplaced' }>;
  /** Proposal transitions by the state reached. */
  readonly proposals: Counts<{ state: Proposal['state'] }>;
  /** Tries, by RAM action and how each ended. */
  readonly cloudCalls: Counts<{ api: CloudAction; outcome: CallOutcome }>;
  readonly checkSeconds: { observe(labels: { cluster: Masked }, seconds: number): void };
  /** Unix time at which a credential ends, where it says so itself. */
  readonly credentialEnds: {
    set(labels: { cluster: Masked; use: 'reader' | 'fixer' }, seconds: number): void;
    reset(): void;
  };
  /** Socket Mode frames that Slack would not send. */
  readonly droppedFrames: Counts<{ why: Masked }>;
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
    cloudCalls: new Counter({
      name: 'acknet_cloud_calls_total',
      help: 'Calls to Alibaba Cloud, by API and outcome',
      labelNames: ['api', 'outcome'],
      registers,
    }),
    credentialEnds: new Gauge({
      name: 'acknet_credential_expires_timestamp_seconds',
      help: "When a cluster's credential ends, as it says itself",
      labelNames: ['cluster', 'use'],
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
