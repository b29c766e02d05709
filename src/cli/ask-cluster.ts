import { checks } from '../checks/index.js';
import { gatherIdentity } from '../cluster/identity/gather-identity.js';
import { type LookedUp, lookUp } from '../engine/checking/look-up.js';
import type { AnswerFacts } from '../intents/answer-facts.js';
import type { Intent } from '../intents/intent.js';
import { factsOf } from '../slack/questions/cluster-facts.js';
import { type ClusterFlags, openClusters } from './open-cluster.js';
import type { Runtime } from './runtime.js';

/** The cluster that a question is about. */
export interface AskedCluster {
  readonly name: string;
  /** Absent = it did not tell its network plugin. */
  readonly facts: AnswerFacts | undefined;
  readonly isConnected: boolean;
  /** What it says of an entry that asks for that. */
  lookUp(intent: Intent): Promise<LookedUp>;
  close(): Promise<void>;
}

/** Throws `config.invalid` where there is no such cluster. */
export async function openAskedCluster(
  name: string,
  flags: ClusterFlags,
  runtime: Pick<Runtime, 'env' | 'now' | 'stop'>,
): Promise<AskedCluster> {
  const { now, stop } = runtime;
  const { clusters, clouds, deadlineMs } = await openClusters(name, flags, runtime);
  const close = async (): Promise<void> => void (await Promise.all([clusters.close(), clouds.close()]));
  try {
    const access = clusters.get(name);
    const cloud = clouds.get(name);
    const identity = await gatherIdentity(access.reader(stop));
    return {
      name,
      facts: identity.plugin.known ? factsOf(name, identity, 0) : undefined,
      isConnected: cloud !== undefined,
      lookUp: (entry) =>
        lookUp({
          access,
          cloud,
          entry,
          now,
          deadlineMs,
          signal: stop,
          checks: checks.filter(({ id }) => entry.checks.includes(id)),
        }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
