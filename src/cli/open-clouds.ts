import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CloudAction } from '../cloud/actions.js';
import {
  type AnswerCache,
  type CallBudget,
  type CallOutcome,
  type Clouds,
  noClouds,
} from '../cloud/ports.js';
import type { FileConfig } from '../config/config.js';
import { loadProxy } from '../config/environment/load-proxy.js';
import { createSharedBudget } from '../ops/cloud/create-shared-budget.js';
import { createSharedCache } from '../ops/cloud/create-shared-cache.js';
import type { RedisClient } from '../ops/connect-redis.js';
import { openWay } from '../ops/open-way.js';

interface CloudParts {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  /** Shared with other processes; absent = this one has its own. */
  readonly shared?: { readonly budget: CallBudget; readonly cache: AnswerCache } | undefined;
  readonly onCall?: ((action: CloudAction, outcome: CallOutcome) => void) | undefined;
}

const waitUnlessAborted = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal });

/** Loads what talks to the cloud only where a cluster has `cloud:`. */
export async function openClouds(
  { clusters, checks, cloud }: Pick<FileConfig, 'clusters' | 'checks' | 'cloud'>,
  { env, now, shared, onCall }: CloudParts,
): Promise<Clouds> {
  const configured = Object.fromEntries(
    Object.entries(clusters).flatMap(([name, cluster]) =>
      cluster.cloud === undefined ? [] : [[name, cluster.cloud] as const],
    ),
  );
  if (Object.keys(configured).length === 0) return noClouds;
  const proxy = loadProxy(env);
  const { createClouds } = await import('../cloud/openapi/create-clouds.js');
  const { budget, cache } = shared ?? (await ownShare(cloud, now));
  return createClouds(configured, {
    env,
    budget,
    cache,
    requestTimeoutMs: checks.requestTimeoutSeconds * 1000,
    now,
    nonce: randomUUID,
    openWay: (limits) => openWay(proxy, limits),
    wait: waitUnlessAborted,
    onCall,
  });
}

async function ownShare(
  limits: FileConfig['cloud'],
  now: () => Date,
): Promise<{ budget: CallBudget; cache: AnswerCache }> {
  const { createLocalBudget } = await import('../cloud/budget/create-local-budget.js');
  const { createLocalCache } = await import('../cloud/budget/create-local-cache.js');
  return {
    budget: createLocalBudget({ limits: limitsOf(limits), now, wait: waitUnlessAborted }),
    cache: createLocalCache(now),
  };
}

/** All workers together keep within one share of each account's limits. */
export const sharedShare = (
  { cloud }: Pick<FileConfig, 'cloud'>,
  { redis, prefix }: { readonly redis: RedisClient; readonly prefix: string },
) => ({
  budget: createSharedBudget({ redis, prefix, limits: limitsOf(cloud), wait: waitUnlessAborted }),
  cache: createSharedCache({ redis, prefix }),
});

const limitsOf = ({ callsPerApi, callsPerMinute, callsAtOnce }: FileConfig['cloud']) => ({
  perApi: callsPerApi,
  perMinute: callsPerMinute,
  atOnce: callsAtOnce,
});
