import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent } from 'undici';
import { cloudConfigOf, livesInCloud, startCloudBeside } from '../../sandbox/cloud/start-cloud-beside.js';
import { type CloudSimulator, startCloudSimulator } from '../../sandbox/cloud/start-cloud-simulator.js';
import { expandScenario } from '../../sandbox/cluster/expand/expand-scenario.js';
import { loadScenario, type Scenario } from '../../sandbox/cluster/scenario.js';
import { cloudSchema } from '../../sandbox/cluster/scenario-schema/cloud-schema.js';
import type { ClusterSimulator } from '../../sandbox/cluster/start-cluster-simulator.js';
import { type CloudAction, cloudActions } from '../../src/cloud/actions.js';
import { createLocalBudget } from '../../src/cloud/budget/create-local-budget.js';
import { createLocalCache } from '../../src/cloud/budget/create-local-cache.js';
import { mostCalls } from '../../src/cloud/budget/limits.js';
import { type CloudsOptions, createClouds } from '../../src/cloud/openapi/create-clouds.js';
import type { CloudAccess, Clouds } from '../../src/cloud/ports.js';
import { patience } from './patience.js';

export const CANARY_KEY: { readonly id: string; readonly secret: string; readonly securityToken?: string } = {
  id: 'LTAI5tCanary0Key0Id0000',
  secret: 'canary-secret-of-the-cloud-0001',
};

export interface SimulatedCloud {
  readonly simulator: CloudSimulator;
  readonly clouds: Clouds;
  readonly access: CloudAccess;
  /** Another process on the same account. */
  another(options: Partial<CloudsOptions> & { readonly assumeRole?: string | undefined }): CloudAccess;
  /** How each try ended, as the metric counts it. */
  readonly outcomes: readonly string[];
  close(): Promise<void>;
}

export interface CloudSimulation {
  readonly scenario?: string;
  /** Keys of the scenario's `cloud` that differ. */
  readonly cloud?: Readonly<Record<string, unknown>>;
  /** What RAM allows; absent = every read there is. */
  readonly actions?: readonly string[];
  readonly clusterId?: string;
  readonly key?: { readonly id: string; readonly secret: string; readonly securityToken?: string };
  readonly options?: Partial<CloudsOptions>;
}

/** A simulated account over a scenario's objects as they are, and the real client on it. */
export async function startSimulatedCloud(given: CloudSimulation = {}): Promise<SimulatedCloud> {
  const loaded = await loadScenario(given.scenario ?? 'terway-datapath-v2');
  const cloud = cloudSchema.parse({ ...loaded.cloud, ...given.cloud });
  const scenario = { ...loaded, cloud };
  const { objects } = expandScenario({ scenario, now: new Date(), nextId: randomUUID });
  const simulator = await startCloudSimulator({
    scenario,
    key: given.key ?? CANARY_KEY,
    now: () => new Date(),
    objects: (kind, group = '') =>
      objects.filter(
        (object) => object.kind === kind && String(object.apiVersion).startsWith(group === '' ? 'v1' : group),
      ),
  });
  simulator.grant(given.actions ?? Object.keys(cloudActions));
  return connect(simulator, scenario, given);
}

/** The account of a simulated cluster, where its scenario has one, and the real client on it. */
export async function startCloudOf(
  cluster: ClusterSimulator,
  scenario: Scenario,
  actions: readonly string[],
): Promise<SimulatedCloud | undefined> {
  if (!livesInCloud(scenario)) return undefined;
  const simulator = await startCloudBeside(cluster, { scenario, key: CANARY_KEY, now: () => new Date() });
  simulator.grant(actions);
  return connect(simulator, scenario, {});
}

function connect(simulator: CloudSimulator, scenario: Scenario, given: CloudSimulation): SimulatedCloud {
  const { key = CANARY_KEY, options = {} } = given;
  const outcomes: string[] = [];
  const opened: Clouds[] = [];
  const open: SimulatedCloud['another'] = ({ assumeRole, ...more }) => {
    const now = options.now ?? (() => new Date());
    const wait = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal });
    const place = cloudConfigOf(scenario, simulator);
    const clouds = createClouds(
      {
        'cluster-x': {
          ...place,
          clusterId: given.clusterId ?? place.clusterId,
          network: 'public',
          assumeRole,
        },
      },
      {
        env: {
          ALIBABA_CLOUD_ACCESS_KEY_ID: key.id,
          ALIBABA_CLOUD_ACCESS_KEY_SECRET: key.secret,
          ALIBABA_CLOUD_SECURITY_TOKEN: key.securityToken,
        },
        budget: createLocalBudget({ limits: mostCalls, now, wait }),
        cache: createLocalCache(now),
        requestTimeoutMs: patience(2000),
        now,
        nonce: randomUUID,
        openWay: (limits) => new Agent(limits),
        wait,
        onCall: (action: CloudAction, outcome: string) => void outcomes.push(`${action} ${outcome}`),
        ...options,
        ...more,
      },
    );
    opened.push(clouds);
    const access = clouds.get('cluster-x');
    if (access === undefined) throw new TypeError('cluster-x has a cloud');
    return access;
  };
  const access = open({});
  return {
    simulator,
    clouds: opened[0] as Clouds,
    access,
    another: open,
    outcomes,
    close: async () => {
      for (const clouds of opened) await clouds.close();
      await simulator.close();
    },
  };
}
