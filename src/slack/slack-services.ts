import type { WebClient } from '@slack/web-api';
import type { Approvals } from '../approvals/create-approvals.js';
import type { Mutes } from '../approvals/create-mutes.js';
import type { Check } from '../checks/define-check.js';
import type { Clusters } from '../cluster/ports.js';
import type { Config } from '../config.js';
import type { Matcher } from '../intents/intent.js';
import type { RunStore } from '../jobs/check/create-run-store.js';
import type { Queues } from '../jobs/create-queues.js';
import type { FleetFlow } from '../jobs/fleet/create-fleet-flow.js';
import type { Lease } from '../ops/lease.js';
import type { Logger } from '../ops/log.js';
import type { Metrics } from '../ops/metrics.js';
import type { ProposalStore } from '../proposals/ports.js';
import type { Remediation } from '../remediations/define-remediation.js';
import type { ClusterFacts } from './questions/cluster-facts.js';
import type { ExchangeStore } from './questions/exchange-store.js';
import type { IntentCatalog } from './questions/intent-catalog.js';
import type { QuestionRecords } from './questions/records/question-records.js';
import type { CachedDirectory } from './wire/create-directory.js';
import type { Poster } from './wire/create-poster.js';
import type { SeenEvents } from './wire/seen-events.js';

/** What listeners, commands and reporters work with; built once in app.ts. */
export interface SlackServices {
  readonly config: Config;
  readonly catalog: IntentCatalog;
  readonly matcher: Matcher;
  readonly checks: readonly Check[];
  readonly remediations: readonly Remediation[];
  readonly clusters: Clusters;
  readonly facts: ClusterFacts;
  readonly queues: Queues;
  readonly fleets: FleetFlow;
  readonly store: ProposalStore;
  readonly approvals: Approvals;
  readonly mutes: Mutes;
  readonly runs: RunStore;
  readonly directory: CachedDirectory;
  readonly exchanges: ExchangeStore;
  readonly records: QuestionRecords;
  readonly seen: SeenEvents;
  /** Who plans a change anew; undefined = someone does already. */
  readonly planning: (proposalId: string) => Promise<Pick<Lease, 'release'> | undefined>;
  readonly client: WebClient;
  readonly poster: Poster;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly now: () => Date;
  readonly newId: () => string;
}
