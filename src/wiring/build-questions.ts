import type { Clouds } from '../cloud/ports.js';
import type { Clusters } from '../cluster/ports.js';
import { type LookedUp, lookUp } from '../engine/checking/look-up.js';
import type { Intent } from '../intents/intent.js';
import { timed } from '../ops/metrics.js';
import { shareUnderWay } from '../ops/share-under-way.js';
import { createClusterFacts } from '../slack/questions/cluster-facts.js';
import { createExchangeStore } from '../slack/questions/exchange-store.js';
import { createIntentCatalogue } from '../slack/questions/intent-catalogue.js';
import { createQuestionRecords } from '../slack/questions/records/question-records.js';
import type { Given } from './app-ports.js';

interface Places {
  readonly clusters: Clusters;
  readonly clouds: Clouds;
}

/** What a question is answered from, and what is kept of it. */
export function buildQuestions({ config, ports, tuning }: Given, { clusters, clouds }: Places) {
  const { redis, now, metrics, checks, knowledge } = ports;
  const { prefix, watch } = tuning;
  const { questions: kept } = config.retention;
  const likeliest = (text: string) => knowledge.matcher.explain(text).entries;
  const catalogue = createIntentCatalogue({ intents: knowledge.intents, checks, likeliest });
  // What could not be read may be readable by the next question.
  const keeps = ({ unread }: LookedUp): boolean => unread.length === 0;
  const share = shareUnderWay<LookedUp>({ keepMs: tuning.lookedUpMs, keeps, watch });
  return {
    takeTurn: timed(knowledge.takeTurn, (seconds) => metrics.matchSeconds.observe({}, seconds)),
    readTalk: knowledge.readTalk,
    isOfTheField: (text: string) => knowledge.matcher.isOfTheField(text),
    passageKinds: knowledge.passageKinds,
    catalogue,
    isConnected: (cluster: string) => config.clusters[cluster]?.cloud !== undefined,
    facts: createClusterFacts({
      clusters,
      redis,
      prefix,
      now,
      watch,
      patienceMs: tuning.factsMs,
      freshMs: tuning.factsFreshMs,
    }),
    lookUp: (cluster: string, entry: Intent) =>
      share(`${cluster} ${entry.id}`, () =>
        lookUp({
          access: clusters.get(cluster),
          cloud: clouds.get(cluster),
          entry,
          now,
          checks: catalogue.checksNamed(entry.checks),
          deadlineMs: tuning.lookUpMs,
        }),
      ),
    exchanges: createExchangeStore(redis, prefix, kept.days),
    records: createQuestionRecords(redis, prefix, kept.most),
  };
}
