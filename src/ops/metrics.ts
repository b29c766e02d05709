import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { CloudAction } from '../cloud/actions.js';
import type { CallOutcome } from '../cloud/ports.js';
import type { Masked } from '../masking/masked.js';
import type { Proposal } from '../proposals/proposal.js';

/** Counts; what a label says is one of few words, or was masked. */
interface Counts<Labels> {
  inc(labels: Labels): void;
}

interface Durations<Labels> {
  observe(labels: Labels, seconds: number): void;
}

/** Of a call over HTTP: `throttled` = 429; `refused` = any other 4xx or `ok: false`; `failed` = 5xx, a broken connection, no answer in time. */
type WireOutcome = 'ok' | 'refused' | 'throttled' | 'failed';

/** `status` = of the answer; undefined = there was none. */
export function wireOutcome(status: number | undefined): WireOutcome {
  if (status === undefined || status >= 500) return 'failed';
  if (status === 429) return 'throttled';
  return status >= 400 ? 'refused' : 'ok';
}

/** `watch` counts milliseconds, evenly, from anywhere. */
export const timed =
  <A extends readonly unknown[], R>(
    run: (...args: A) => R,
    observe: (seconds: number) => void,
    watch: () => number = () => performance.now(),
  ) =>
  (...args: A): R => {
    const from = watch();
    try {
      return run(...args);
    } finally {
      observe((watch() - from) / 1000);
    }
  };

type AlertOutcome = 'taken' | 'left alone' | 'unplaced' | 'refused';

export interface Metrics {
  readonly registry: Registry;
  readonly jobs: Counts<{ queue: Masked; result: 'done' | 'retried' | 'failed' }>;
  readonly questions: Counts<{ kind: 'sure' | 'torn' | 'unplaced' }>;
  /** Placing a question among the entries; not posting the answer. */
  readonly matchSeconds: Durations<Record<string, never>>;
  /** Proposal transitions by the state reached. */
  readonly proposals: Counts<{ state: Proposal['state'] }>;
  /** From its approval to the state it ended in. */
  readonly fixSeconds: Durations<{ remediation: Masked; state: Proposal['state'] }>;
  /** Tries, by RAM action and how each ended. */
  readonly cloudCalls: Counts<{ api: CloudAction; outcome: CallOutcome }>;
  /** Unix time at which a credential ends, where it says so itself. */
  readonly credentialEnds: {
    set(labels: { cluster: Masked; use: 'reader' | 'fixer' }, seconds: number): void;
    reset(): void;
  };
  readonly clusterRequests: Counts<{ cluster: Masked; outcome: WireOutcome }>;
  readonly slackCalls: Counts<{ method: Masked; outcome: WireOutcome }>;
  /** `outcome` = what the run came to: `found`, `clear`, or how far it could not tell. */
  readonly checkSeconds: Durations<{ cluster: Masked; outcome: Masked }>;
  /** Alerts, by what became of them; those refused never came to be jobs. */
  readonly alerts: { inc(labels: { outcome: AlertOutcome }, count?: number): void };
  /** Socket Mode frames that Slack would not send. */
  readonly droppedFrames: Counts<{ why: Masked }>;
  readonly configReloads: Counts<{ result: 'done' | 'refused' }>;
  /** 1 while the files hold a configuration that was refused. */
  readonly configRefused: { set(value: 0 | 1): void };
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]): Counter<L> =>
    new Counter({ name: `acknet_${name}`, help, labelNames, registers });
  const histogram = <L extends string>(
    name: string,
    help: string,
    { labels, buckets }: { labels: readonly L[]; buckets: number[] },
  ): Histogram<L> => new Histogram({ name: `acknet_${name}`, help, labelNames: labels, buckets, registers });
  return {
    registry,
    jobs: counter('jobs_total', 'Jobs ended', ['queue', 'result']),
    questions: counter('questions_total', 'Questions by how they were placed', ['kind']),
    matchSeconds: histogram('match_seconds', 'Time to place a question among the entries', {
      labels: [],
      buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.25],
    }),
    credentialEnds: new Gauge({
      name: 'acknet_credential_expires_timestamp_seconds',
      help: "When a cluster's credential ends, as it says itself",
      labelNames: ['cluster', 'use'],
      registers,
    }),
    proposals: counter('proposal_transitions_total', 'Proposal states reached', ['state']),
    fixSeconds: histogram(
      'fix_seconds',
      'Time from the approval of a fix to its end, by the state it ended in',
      {
        labels: ['remediation', 'state'],
        buckets: [5, 15, 30, 60, 120, 300, 600, 1800, 3600],
      },
    ),
    configReloads: counter('config_reloads_total', 'Changed configurations, by what became of them', [
      'result',
    ]),
    configRefused: new Gauge({
      name: 'acknet_config_refused',
      help: '1 while the files hold a configuration that was refused',
      registers,
    }),
    alerts: counter('alerts_total', 'Alerts, by outcome; of those refused, the notifications', ['outcome']),
    droppedFrames: counter('dropped_frames_total', 'Socket Mode frames that were not understood, by why', [
      'why',
    ]),
    cloudCalls: counter('cloud_calls_total', 'Calls to Alibaba Cloud, by API and outcome', [
      'api',
      'outcome',
    ]),
    clusterRequests: counter('cluster_requests_total', 'Requests to API servers, each try, by HTTP status', [
      'cluster',
      'outcome',
    ]),
    slackCalls: counter('slack_calls_total', 'Calls of Slack methods, each try, by HTTP status', [
      'method',
      'outcome',
    ]),
    checkSeconds: histogram('check_run_seconds', 'Wall time of a check run, by what it came to', {
      labels: ['cluster', 'outcome'],
      buckets: [0.5, 1, 2, 5, 10, 30, 60, 120],
    }),
  };
}
