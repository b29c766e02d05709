import { setTimeout as sleep } from 'node:timers/promises';
import type { Check } from '../checks/judging/define-check.js';
import type { Clouds } from '../cloud/ports.js';
import type { Clusters } from '../cluster/ports.js';
import type { Config } from '../config/config.js';
import type { ConfigState } from '../config/config-state.js';
import type { Conversations } from '../intents/conversation/create-conversations.js';
import type { Intent } from '../intents/intent.js';
import type { ExplainingMatcher } from '../intents/match/create-matcher.js';
import type { PassageKinds } from '../intents/passages/passage-kinds.js';
import type { WorkerLimits } from '../jobs/workers/worker-limits.js';
import type { RedisClient } from '../ops/connect-redis.js';
import type { Logger } from '../ops/log.js';
import type { Metrics } from '../ops/metrics.js';
import type { Tracing } from '../ops/tracing/tracing.js';
import type { Trail } from '../ops/trail.js';
import type { Remediation } from '../remediations/define-remediation.js';

export interface AppPorts {
  /** Of this acknet, as its package says. */
  readonly version: string;
  readonly clusters: Clusters;
  /** Absent = no cluster has `cloud:`. */
  readonly clouds?: Clouds | undefined;
  /** What became of the files since the start; absent = nobody looks at them. */
  readonly configState?: (() => ConfigState) | undefined;
  /** The caller's: `close` leaves it open. */
  readonly redis: RedisClient;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** The logger's; absent = lines carry no ids but their own. */
  readonly trail?: Trail | undefined;
  /** Absent = no traces. */
  readonly tracing?: Tracing | undefined;
  readonly now: () => Date;
  /** A new opaque id each time, fit for buttons. */
  readonly newId: () => string;
  readonly knowledge: Conversations & {
    readonly intents: readonly Intent[];
    readonly matcher: Pick<ExplainingMatcher, 'explain' | 'isOfTheField'>;
    readonly passageKinds: PassageKinds;
  };
  readonly checks: readonly Check[];
  readonly remediations: readonly Remediation[];
  readonly tuning?: Partial<Tuning>;
}

export interface Tuning {
  /** Redis hash tag of every key. */
  readonly prefix: string;
  readonly workers: Partial<WorkerLimits>;
  /** Between two edits of one progress message, and between any two. */
  readonly editEveryMs: number;
  readonly editGlobalMs: number;
  /** Between two Homes shown anew. */
  readonly homeEveryMs: number;
  /** After so long who asked is told that it is looked at; sooner, most answers stand. */
  readonly waitingMs: number;
  /** How long an answer waits for facts of a cluster. */
  readonly factsMs: number;
  /** How long an answer waits for what an entry has it look up. */
  readonly lookUpMs: number;
  /** How long what an entry had looked up, or what is known of a cluster, is not asked for again. */
  readonly lookedUpMs: number;
  readonly factsFreshMs: number;
  /** Before a fix asks again for its cluster's lock. */
  readonly busyRetryMs: number;
  /** Between two tries of what alerts tell, while Slack is away. */
  readonly awayRetryMs: number;
  readonly checkpointMs: number;
  /** Between two looks at when credentials end. */
  readonly credentialLookMs: number;
  /** Between two looks at whether changed files were refused. */
  readonly configLookMs: number;
  /** How a fix waits, e.g. for its first node to settle; rejects when the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** What it measures its waits by: milliseconds that only go forward. */
  readonly watch: () => number;
}

export const defaultTuning: Tuning = {
  prefix: '{acknet}',
  workers: {},
  editEveryMs: 2000,
  editGlobalMs: 1200,
  homeEveryMs: 1000,
  waitingMs: 1000,
  factsMs: 500,
  lookUpMs: 5000,
  busyRetryMs: 2000,
  awayRetryMs: 10_000,
  lookedUpMs: 10_000,
  factsFreshMs: 1000,
  checkpointMs: 3_600_000,
  credentialLookMs: 3_600_000,
  configLookMs: 5000,
  wait: (ms, signal) => sleep(ms, undefined, { signal }),
  watch: () => performance.now(),
};

/** What everything is wired from. */
export interface Given {
  readonly config: Config;
  readonly ports: AppPorts;
  readonly tuning: Tuning;
}
