import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { startWorld, type World, type WorldOptions } from '../../sandbox/demo/start-world.js';
import type { Message } from '../../sandbox/page/sandbox-state.js';
import type { Person } from '../../sandbox/slack/people/person.js';
import type { SlackSimulator } from '../../sandbox/slack/slack-simulator.js';
import { type AcknetApp, buildApp, type Tuning } from '../../src/app.js';
import { checks } from '../../src/checks/index.js';
import { loadKnowledge } from '../../src/cli/load-knowledge.js';
import { openClouds } from '../../src/cli/open-clouds.js';
import { fixerRules, readerRules } from '../../src/cli/rbac.js';
import { createClusters, type OpenClusters } from '../../src/cluster/kube/connecting/create-clusters.js';
import { type Config, parseConfig } from '../../src/config/config.js';
import type { ForwardProxy } from '../../src/config/environment/load-proxy.js';
import { createInboundServer } from '../../src/intake/create-inbound-server.js';
import { connectRedis } from '../../src/ops/connect-redis.js';
import { createMetrics, type Metrics } from '../../src/ops/metrics.js';
import { onClusterRequest } from '../../src/ops/on-cluster-request.js';
import type { Tracing } from '../../src/ops/tracing/tracing.js';
import { createTrail } from '../../src/ops/trail.js';
import { remediations } from '../../src/remediations/index.js';
import { patience } from './patience.js';
import { quietLogger } from './quiet-logger.js';

export interface SandboxOptions {
  /** Scenario by cluster name. */
  readonly clusters?: Readonly<Record<string, string>>;
  /** Merged into the configuration file's content, cluster by cluster. */
  readonly file?: Readonly<Record<string, unknown>>;
  readonly clusterFile?: Readonly<Record<string, unknown>>;
  /** A Redis of its own, which can be restarted. */
  readonly ownRedis?: boolean;
  /** Another Redis than that of all tests. */
  readonly redisUrl?: string;
  /** acknet's clock; the far ends keep the real one. */
  readonly now?: () => Date;
  /** Nothing is sealed, and the audit chain is unkeyed. */
  readonly unkeyed?: boolean;
  readonly slack?: WorldOptions['slack'];
  readonly tracing?: Tracing;
  /** The way to Slack. */
  readonly proxy?: ForwardProxy;
  /** RAM actions in the accounts of the clusters; absent = none is connected. */
  readonly cloud?: readonly string[];
  readonly podStartMs?: number;
  readonly requestTimeoutMs?: number;
  readonly tuning?: Partial<Tuning>;
  /** Redis hash tag; absent = one of its own. */
  readonly prefix?: string;
  /** Pairs of bot and worker in this process; 0 = the test starts parts itself. */
  readonly replicas?: number;
}

/** The whole world in one process: simulated far ends, and the real program between them. */
export interface Sandbox {
  readonly world: World;
  readonly slack: SlackSimulator;
  readonly config: Config;
  /** What acknet.yaml would say. */
  readonly file: object;
  readonly apps: readonly AcknetApp[];
  /** What each app was given, in the order of `build`. */
  readonly parts: readonly { readonly clusters: OpenClusters; readonly metrics: Metrics }[];
  readonly prefix: string;
  readonly log: ReturnType<typeof quietLogger>;
  readonly ana: Person;
  readonly bo: Person;
  readonly eve: Person;
  /** Another bot-and-worker pair, not started. */
  build(): AcknetApp;
  /** The newest message of a channel whose text matches, once there is one. */
  message(pattern: RegExp, at?: { channel?: string; as?: string; threadTs?: string }): Promise<Message>;
  close(): Promise<void>;
}

export const ALERTS_TOKEN = 'alerts-token-for-tests-only';

const fastWorkers = { lockMs: 1500, stalledMs: 500, slotRetryMs: 50, backoffMs: 50, sweepMs: 1000 };
const fast: Partial<Tuning> = {
  ...{
    editEveryMs: 40,
    editGlobalMs: 20,
    busyRetryMs: 50,
    awayRetryMs: 100,
    homeEveryMs: 20,
    factsMs: patience(500),
    lookUpMs: patience(5000),
  },
  wait: (ms, signal) => sleep(Math.min(ms, 20), undefined, { signal }),
};

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const world = await startWorld({
    clusters: options.clusters ?? { 'cluster-x': 'flannel-broken' },
    grants: {
      reads: readerRules([]),
      writes: fixerRules([]),
      ...(options.cloud && { cloud: options.cloud }),
    },
    redisUrl: options.ownRedis === true ? undefined : (options.redisUrl ?? process.env.ACKNET_TEST_REDIS_URL),
    redis: { appendOnly: true },
    slack: { rates: 'off', patienceMs: patience(10_000), transport, ...options.slack },
    now: () => new Date(),
    podStartMs: options.podStartMs ?? 10,
  });
  const overHttp = (options.slack?.transport ?? transport) === 'http';
  const file = fileOf(world, options, overHttp);
  const config = parseConfig(file, {
    slack: {
      ...{ botToken: world.slack.botToken, apiUrl: world.slack.apiUrl, proxy: options.proxy },
      ...(overHttp ? { signingSecret: world.slack.signingSecret } : { appToken: world.slack.appToken }),
    },
    redisUrl: world.redisUrl,
    auditKey: options.unkeyed ? undefined : 'a key for tests only',
    alertsToken: ALERTS_TOKEN,
  });
  const prefix = options.prefix ?? `{acknet-test-${randomUUID()}}`;
  const trail = createTrail();
  const log = quietLogger(trail);
  const knowledge = await loadKnowledge(process.cwd());
  const clouds = await openClouds(config, { env: world.cloudEnv, now: () => new Date() });
  const parts: {
    app: AcknetApp;
    clusters: OpenClusters;
    redis: ReturnType<typeof connectRedis>;
    metrics: Metrics;
  }[] = [];

  const build = (): AcknetApp => {
    const redis = connectRedis({ url: world.redisUrl, logger: log });
    const metrics = createMetrics();
    const clusters = createClusters(config.clusters, {
      requestTimeoutMs: options.requestTimeoutMs ?? patience(1000),
      retries: 1,
      onRequest: onClusterRequest(metrics, log, options.tracing),
    });
    const app = buildApp(config, {
      version: '0.0.0-test',
      ...{ redis, clusters, clouds, knowledge, checks, remediations },
      logger: log,
      metrics,
      trail,
      tracing: options.tracing,
      now: options.now ?? (() => new Date()),
      newId: () => randomBytes(16).toString('base64url'),
      tuning: { prefix, ...fast, ...options.tuning, workers: { ...fastWorkers, ...options.tuning?.workers } },
    });
    const reached = overHttp ? { ...app, bot: receiving(app, world.slack) } : app;
    parts.push({ app: reached, clusters, redis, metrics });
    return reached;
  };

  const apps: AcknetApp[] = [];
  for (let count = 0; count < (options.replicas ?? 1); count += 1) {
    const app = build();
    await app.worker.start();
    await app.bot.start();
    apps.push(app);
  }

  const { slack } = world;
  return {
    ...{ world, slack, config, file, apps, parts, prefix, log, build },
    ana: slack.as('U0ANA'),
    bo: slack.as('U0BO'),
    eve: slack.as('U0EVE'),
    message: (pattern, { channel = 'C0OPS', ...at } = {}) =>
      slack.waitFor(
        () =>
          slack
            .messages({ channel, ...at })
            .filter(({ text }) => pattern.test(text))
            .at(-1),
        patience(15_000),
      ),
    close: async () => {
      for (const { app } of parts) await app.bot.stop(500);
      for (const { app } of parts) await app.worker.stop(500);
      for (const { app, clusters, redis } of parts) {
        await app.close();
        await clusters.close();
        redis.disconnect();
      }
      await clouds.close();
      await world.close();
    },
  };
}

/** How the workspace reaches acknet: `ACKNET_TEST_SLACK=http` runs every story over HTTP. */
export const transport = process.env.ACKNET_TEST_SLACK === 'http' ? 'http' : 'socket';

/** The bot with its inbound port, which Slack sends to while it runs. */
function receiving({ bot, inbound }: AcknetApp, slack: SlackSimulator): AcknetApp['bot'] {
  const ends: (() => unknown)[] = [];
  return {
    start: async (signal) => {
      await bot.start(signal);
      const server = createInboundServer(inbound);
      const url = await server.listen({ port: 0, host: '127.0.0.1' });
      ends.push(await slack.sendTo(`${url}/slack/events`), () => server.close());
    },
    stop: async (graceMs) => {
      for (const end of ends.splice(0)) await end();
      await bot.stop(graceMs);
    },
  };
}

function fileOf({ credentials }: World, { file, clusterFile }: SandboxOptions, overHttp: boolean): object {
  return {
    inbound: { slack: overHttp },
    clusters: Object.fromEntries(
      Object.entries(credentials).map(([name, credential]) => [
        name,
        { ...credential, approvers: { groups: ['S0NETOPS'] }, ...clusterFile },
      ]),
    ),
    maintainers: { users: ['U0BO'] },
    ...file,
  };
}
