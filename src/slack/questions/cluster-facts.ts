import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { gatherIdentity } from '../../cluster/identity/gather-identity.js';
import type { ClusterIdentity, PluginName } from '../../cluster/identity/identity.js';
import type { Clusters } from '../../cluster/ports.js';
import { identitySchema } from '../../engine/checking/check-run.js';
import { isAcknetError } from '../../errors.js';
import type { AnswerFacts } from '../../intents/answer-facts.js';
import type { RedisClient } from '../../ops/connect-redis.js';
import { readStored } from '../../ops/read-stored.js';
import { shareUnderWay } from '../../ops/share-under-way.js';
import { questionTexts as texts } from '../../texts/questions.js';

interface ClusterFactsOptions {
  readonly clusters: Clusters;
  readonly redis: RedisClient;
  readonly prefix: string;
  readonly now: () => Date;
  /** An answer waits no longer than this for facts; what is read after it serves the next one. */
  readonly patienceMs: number;
  /** What was read from Redis is not asked for again so soon. */
  readonly freshMs: number;
  /** Milliseconds that only go forward. */
  readonly watch: () => number;
}

/** What is known about a cluster, or why it is not. */
type KnownFacts = { readonly facts: AnswerFacts } | { readonly missing: string };
export type ClusterFacts = (cluster: string) => Promise<KnownFacts>;

const KEEP_SECONDS = 600;
const READ_MS = 3000;

/** Facts that answers are filled in with, read with the reader's credential and kept for ten minutes. */
export function createClusterFacts(options: ClusterFactsOptions): ClusterFacts {
  const { now, patienceMs } = options;
  const share = shareUnderWay<KnownFacts>();
  const load = createLoader(options);
  return async (cluster) => {
    const key = `${options.prefix}:facts:${cluster}`;
    const stored = await load(key);
    if (stored !== undefined)
      return { facts: factsOf(cluster, stored.identity as ClusterIdentity, ageOf(stored.at, now())) };
    const reading = share(cluster, () => readFacts(options, cluster, key));
    const late = unreadable(cluster, texts.readingTakesLong);
    return Promise.race([reading, sleep(patienceMs, late, { ref: false })]);
  };
}

/** What Redis holds; of many questions in a second the first reads it. */
function createLoader({ redis, freshMs, watch }: ClusterFactsOptions) {
  const isKnown = (stored: StoredFacts | undefined): boolean => stored !== undefined;
  const share = shareUnderWay<StoredFacts | undefined>({ keepMs: freshMs, keeps: isKnown, watch });
  return (key: string) => share(key, async () => readStored(factsSchema, await redis.get(key)));
}

/** Never rejects. */
async function readFacts(
  { clusters, redis, now }: ClusterFactsOptions,
  cluster: string,
  key: string,
): Promise<KnownFacts> {
  try {
    const identity = await gatherIdentity(clusters.get(cluster).reader(AbortSignal.timeout(READ_MS)));
    if (!identity.plugin.known) return unreadable(cluster, texts.readingRefused);
    await redis.set(key, JSON.stringify({ identity, at: now().toISOString() }), 'EX', KEEP_SECONDS);
    return { facts: factsOf(cluster, identity, 0) };
  } catch (error) {
    return unreadable(cluster, isAcknetError(error) ? error.message : texts.readingFailed);
  }
}

const unreadable = (cluster: string, why: string): KnownFacts => ({
  missing: texts.clusterUnread(cluster, why),
});

const factsSchema = z.object({ identity: identitySchema, at: z.iso.datetime() });
type StoredFacts = z.infer<typeof factsSchema>;

const ageOf = (at: string, now: Date): number =>
  Math.max(0, Math.round((now.getTime() - Date.parse(at)) / 1000));

/** Where both run, or none, no variant is chosen by it. */
const answerPlugins: Partial<Readonly<Record<PluginName, 'terway' | 'flannel'>>> = {
  terway: 'terway',
  flannel: 'flannel',
};

export function factsOf(name: string, identity: ClusterIdentity, ageSeconds: number): AnswerFacts {
  const { plugin, flavor, kubernetes, terway, flannel, runtime } = identity;
  return {
    name,
    ageSeconds,
    versions: {
      kubernetes,
      terway: terway?.version,
      flannel: flannel?.version,
    },
    plugin: plugin.known ? answerPlugins[plugin.name] : undefined,
    flavor: flavor === 'unknown' ? undefined : flavor,
    terwayDaemonSet: terway?.daemonSet,
    runtime,
  };
}
