import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RbacRule } from '../../src/cluster/ports.js';
import type { ClusterConfig } from '../../src/config/config.js';
import { cloudConfigOf, livesInCloud, startCloudBeside } from '../cloud/start-cloud-beside.js';
import type { CloudSimulator } from '../cloud/start-cloud-simulator.js';
import { mergeKubeconfigs } from '../cluster/merge-kubeconfigs.js';
import { ownReads } from '../cluster/own-reads.js';
import { loadScenario, type Scenario } from '../cluster/scenario.js';
import { cloudSchema } from '../cluster/scenario-schema/cloud-schema.js';
import { type ClusterSimulator, startClusterSimulator } from '../cluster/start-cluster-simulator.js';
import { type PrivateRedis, startPrivateRedis } from '../redis/start-private-redis.js';
import type { SlackSimulator, SlackSimulatorOptions } from '../slack/slack-simulator.js';
import { startSlackSimulator } from '../slack/start-slack-simulator.js';
import { accounts } from './accounts.js';

export interface WorldOptions {
  /** Scenario by cluster name, in the order shown. */
  readonly clusters: Readonly<Record<string, string>>;
  /** What the reader's and the fixer's accounts may do in every cluster. */
  readonly grants: {
    readonly reads: readonly RbacRule[];
    readonly writes: readonly RbacRule[];
    /** RAM actions in the accounts of the clusters; absent = no account is there. */
    readonly cloud?: readonly string[];
  };
  /** A Redis that is there already; absent = a private one. */
  readonly redisUrl?: string | undefined;
  readonly redis?: { readonly appendOnly?: boolean; readonly ownGroup?: boolean };
  readonly slack?: Partial<SlackSimulatorOptions>;
  readonly now: () => Date;
  readonly podStartMs?: number;
  readonly mask?: (text: string) => string;
}

type WorldCredentials = Pick<ClusterConfig, 'kubeconfig' | 'fixer'> & {
  readonly cloud?: ReturnType<typeof cloudConfigOf> | undefined;
};

/** The far ends of everything acknet talks to, each over its real wire protocol. */
export interface World {
  readonly slack: SlackSimulator;
  readonly clusters: ReadonlyMap<string, ClusterSimulator>;
  /** The accounts of those clusters whose scenario has one. */
  readonly clouds: ReadonlyMap<string, CloudSimulator>;
  /** The credential for them, as the environment would hold it. */
  readonly cloudEnv: Readonly<Record<string, string>>;
  readonly redisUrl: string;
  /** Absent where Redis is not the world's own. */
  readonly redis?: PrivateRedis | undefined;
  /** Credentials of the clusters, as `clusters` of a configuration wants them. */
  readonly credentials: Readonly<Record<string, WorldCredentials>>;
  /** A kubeconfig for people: everything allowed, a context a cluster. */
  readonly adminKubeconfig: string;
  close(): Promise<void>;
}

const FIRST_ACCOUNT = 1234567890123456;

/** Starts Redis, the workspace and the clusters; whatever started is stopped again if something fails. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    return { ...(await startParts(options, closers)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startParts(
  options: WorldOptions,
  closers: (() => Promise<void>)[],
): Promise<Omit<World, 'close'>> {
  const redis = options.redisUrl === undefined ? await startPrivateRedis(options.redis) : undefined;
  if (redis) closers.push(() => redis.close());

  const slack = await startSlackSimulator({ now: options.now, nextId: randomUUID, ...options.slack });
  closers.push(() => slack.close());

  const folder = await mkdtemp(path.join(tmpdir(), 'acknet-world-'));
  closers.push(() => rm(folder, { recursive: true, force: true }));

  const clusters = new Map<string, ClusterSimulator>();
  const clouds = new Map<string, CloudSimulator>();
  const credentials: Record<string, WorldCredentials> = {};
  const key = { id: `LTAI${randomUUID().replaceAll('-', '').slice(0, 20)}`, secret: randomUUID() };
  for (const [name, scenarioName] of Object.entries(options.clusters)) {
    const loaded = await loadScenario(scenarioName);
    // Demo and stories say what an account holds where the scenario does not.
    const cloudSide = loaded.cloud ?? cloudSchema.parse(accounts[scenarioName] ?? {});
    // acknet keeps answers by account, and each simulator knows the VPC of one cluster.
    const account = String(FIRST_ACCOUNT + clusters.size);
    const scenario = { ...loaded, cloud: { ...cloudSide, account } };
    const simulator = await startCluster(name, scenario, options);
    closers.push(() => simulator.close());
    clusters.set(name, simulator);
    credentials[name] = await writeKubeconfigs(folder, simulator);
    if (options.grants.cloud === undefined || !livesInCloud(scenario)) continue;
    const cloud = await startCloudBeside(simulator, { scenario, key, now: options.now });
    closers.push(() => cloud.close());
    cloud.grant(options.grants.cloud);
    clouds.set(name, cloud);
    credentials[name] = { ...credentials[name], cloud: cloudConfigOf(scenario, cloud) };
  }
  const adminKubeconfig = path.join(folder, 'kubeconfig.yaml');
  const admins = [...clusters.values()].map((simulator) => simulator.kubeconfig('admin'));
  await writeFile(adminKubeconfig, mergeKubeconfigs(admins), { mode: 0o600 });
  const redisUrl = redis?.url ?? options.redisUrl ?? '';
  const cloudEnv = { ALIBABA_CLOUD_ACCESS_KEY_ID: key.id, ALIBABA_CLOUD_ACCESS_KEY_SECRET: key.secret };
  return { slack, clusters, clouds, cloudEnv, redisUrl, redis, credentials, adminKubeconfig };
}

async function startCluster(
  name: string,
  scenario: Scenario,
  { grants, now, podStartMs, mask }: WorldOptions,
): Promise<ClusterSimulator> {
  const simulator = await startClusterSimulator({
    ...{ scenario, name, now, nextId: randomUUID },
    ...(mask && { mask }),
    ...(podStartMs !== undefined && { podStartMs }),
  });
  simulator.grant('reader', [...grants.reads, ...ownReads(simulator)]);
  simulator.grant('fixer', grants.writes);
  return simulator;
}

async function writeKubeconfigs(
  folder: string,
  simulator: ClusterSimulator,
): Promise<Pick<ClusterConfig, 'kubeconfig' | 'fixer'>> {
  const write = async (role: 'reader' | 'fixer') => {
    const file = path.join(folder, `${simulator.name}-${role}.yaml`);
    await writeFile(file, simulator.kubeconfig(role), { mode: 0o600 });
    return file;
  };
  return { kubeconfig: await write('reader'), fixer: { kubeconfig: await write('fixer') } };
}

/** Every scenario there is, by file name. */
export async function scenarioNames(): Promise<readonly string[]> {
  const folder = fileURLToPath(new URL('../cluster/scenarios/', import.meta.url));
  const files = await readdir(folder);
  return files
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}
