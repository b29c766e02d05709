import { configMapKind } from '../../../sandbox/cluster/api/objects/kinds.js';
import { isAtLeast, parseVersion, type Version } from '../../../src/cluster/identity/versions.js';
import { type SimulatedCluster, startSimulatedCluster } from '../start-simulated-cluster.js';
import { openAdmin } from './admin.js';
import { type Credentials, serviceAccounts } from './credentials.js';
import { openServerCluster } from './open-server-cluster.js';
import type { TestCluster, TestClusterOptions } from './test-cluster.js';

export type ApiServer =
  | 'the simulated API server'
  | 'a bare simulated API server'
  | 'the API server of ACKNET_TEST_KUBECONFIG';

/** The API servers that the contract suites run on: the second only where ACKNET_TEST_KUBECONFIG names one. */
export const apiServers: readonly ApiServer[] = [
  'the simulated API server',
  ...(process.env.ACKNET_TEST_KUBECONFIG ? (['the API server of ACKNET_TEST_KUBECONFIG'] as const) : []),
];

const kubeconfig = process.env.ACKNET_TEST_KUBECONFIG;
// Asked while the tests are collected: what an older server cannot do is skipped, and reported as such.
const version = kubeconfig ? await versionOf(kubeconfig) : undefined;

/** Whether the server that ACKNET_TEST_KUBECONFIG names is older than this Kubernetes release. */
export const isOlder = (server: ApiServer, release: string | undefined): boolean =>
  server === 'the API server of ACKNET_TEST_KUBECONFIG' &&
  release !== undefined &&
  version !== undefined &&
  !isAtLeast(version, release);

async function versionOf(file: string): Promise<Version | undefined> {
  const admin = openAdmin(file);
  try {
    return parseVersion(String((await admin.send('GET', '/version')).gitVersion));
  } finally {
    await admin.close();
  }
}

const open = {
  'the simulated API server': openSimulated,
  'a bare simulated API server': openBare,
  'the API server of ACKNET_TEST_KUBECONFIG': (scenario: string, options: TestClusterOptions) => {
    const kubeconfig = process.env.ACKNET_TEST_KUBECONFIG ?? '';
    return openServerCluster({ kubeconfig, scenario, credentials: serviceAccounts, ...options });
  },
} satisfies Record<ApiServer, (scenario: string, options: TestClusterOptions) => Promise<TestCluster>>;

export const openTestCluster = (
  server: ApiServer,
  scenario: string,
  options: TestClusterOptions,
): Promise<TestCluster> => open[server](scenario, options);

async function openSimulated(scenario: string, options: TestClusterOptions): Promise<TestCluster> {
  const simulated = await startSimulatedCluster(scenario, options);
  const admin = openAdmin(simulated.kubeconfigs.admin);
  return {
    ...{ access: simulated.access, admin, logs: true },
    grantReader: async (rules) => simulated.simulator.grant('reader', rules),
    close: async () => {
      await admin.close();
      await simulated.close();
    },
  };
}

/** The way of a real server, taken on a simulated one without controllers: there are no logs there. */
async function openBare(scenario: string, options: TestClusterOptions): Promise<TestCluster> {
  const simulated = await startSimulatedCluster(scenario, { bare: true });
  const { simulator } = simulated;
  simulator.store.create(configMapKind, marker);
  const cluster = await openServerCluster({ ...bareServer(simulated), scenario, ...options });
  return {
    ...cluster,
    logs: false,
    close: async () => {
      await cluster.close();
      await simulated.close();
    },
  };
}

/** How to get in, and whose accounts to use. */
export const bareServer = ({ simulator, kubeconfigs }: SimulatedCluster) => ({
  kubeconfig: kubeconfigs.admin,
  credentials: (): Credentials => ({
    kubeconfig: async (who) => simulator.kubeconfig(who),
    grant: async (who, rules) => simulator.grant(who, rules),
  }),
});

const marker = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { namespace: 'kube-system', name: 'acknet-test-cluster' },
};
