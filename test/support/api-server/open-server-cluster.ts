import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { configMapKind, nodeKind, podKind } from '../../../sandbox/cluster/api/objects/kinds.js';
import { placeOf } from '../../../sandbox/cluster/api/objects/object-store.js';
import { createLogStore } from '../../../sandbox/cluster/api/objects/pod-logs.js';
import { expandScenario } from '../../../sandbox/cluster/expand/expand-scenario.js';
import { loadScenario } from '../../../sandbox/cluster/scenario.js';
import { list, text } from '../../../src/cluster/fields.js';
import { apiPath } from '../../../src/cluster/kube/api-paths.js';
import { createClusters } from '../../../src/cluster/kube/connecting/create-clusters.js';
import { type Admin, openAdmin, tolerating } from './admin.js';
import type { Credentials, Who } from './credentials.js';
import { serveKubeletLogs } from './kubelet-logs.js';
import { isOwn, removeOwn } from './own-objects.js';
import { seedScenario } from './seed-scenario.js';
import { startStandIn } from './stand-in.js';
import type { TestCluster, TestClusterOptions } from './test-cluster.js';

export interface ServerClusterOptions extends TestClusterOptions {
  /** Of somebody who may do everything there. */
  readonly kubeconfig: string;
  readonly scenario: string;
  readonly credentials: (admin: Admin, kubeconfig: string) => Credentials;
}

/**
 * Shows a scenario on an API server that holds nothing but the API: the suite puts the objects in, and plays the
 * controllers that the server lacks and the kubelets. Refuses a server without the marker ConfigMap.
 */
export async function openServerCluster(options: ServerClusterOptions): Promise<TestCluster> {
  const scenario = await loadScenario(options.scenario);
  const expanded = expandScenario({ scenario, now: new Date(), nextId: randomUUID });
  const logs = createLogStore();
  const admin = openAdmin(options.kubeconfig);
  const prepared = async () => {
    await refuseUnfit(admin);
    await removeOwn(admin);
    return serveKubeletLogs(admin, logs);
  };
  const kubelets = await prepared().catch(async (error: unknown) => {
    await admin.close();
    throw error;
  });
  const standIn = startStandIn({ admin, scenario, logs, addresses: expanded.addresses, nextId: randomUUID });
  // Whatever of it fails, all of it is tried: what stays open would keep jest from ending.
  const close = () =>
    inTurn([() => standIn.stop(), () => removeOwn(admin), () => kubelets.close(), () => admin.close()]);
  try {
    await seedScenario(expanded, { admin, standIn, logs, scenario, kubeletPort: kubelets.port });
    return await withAccounts({ admin, options, close });
  } catch (error) {
    // The first fault is the one to tell; the stand-in may have ended over the same.
    await close().catch(() => undefined);
    throw error;
  }
}

interface Seeded {
  readonly admin: Admin;
  readonly options: ServerClusterOptions;
  readonly close: () => Promise<void>;
}

async function withAccounts({ admin, options, close }: Seeded): Promise<TestCluster> {
  const credentials = options.credentials(admin, options.kubeconfig);
  const folder = await mkdtemp(path.join(tmpdir(), 'acknet-kube-'));
  const file = async (who: Who): Promise<string> => {
    const name = path.join(folder, `${who}.yaml`);
    await writeFile(name, await credentials.kubeconfig(who));
    return name;
  };
  const clusters = createClusters(
    { 'cluster-x': { kubeconfig: await file('reader'), fixer: { kubeconfig: await file('fixer') } } },
    { requestTimeoutMs: 5000, pageSize: options.pageSize ?? 500, retries: 1 },
  );
  const closeAll = () => inTurn([() => clusters.close(), close, () => rm(folder, { recursive: true })]);
  try {
    await credentials.grant('reader', options.reads);
    await credentials.grant('fixer', options.writes);
  } catch (error) {
    await clusters.close();
    throw error;
  }
  return {
    ...{ access: clusters.get('cluster-x'), admin, logs: await servesLogs(admin) },
    grantReader: (rules) => credentials.grant('reader', rules),
    close: closeAll,
  };
}

/** Does each, one after the other, whatever the others do; then fails with the first fault. */
async function inTurn(steps: readonly (() => Promise<unknown>)[]): Promise<void> {
  const faults: unknown[] = [];
  for (const step of steps) await step().catch((error: unknown) => faults.push(error));
  if (faults.length > 0) throw faults[0];
}

/** Never touch a cluster that was not marked as one to test on, or that runs anything. */
async function refuseUnfit(admin: Admin): Promise<void> {
  const marker = { namespace: 'kube-system', name: 'acknet-test-cluster' };
  const marked = await tolerating([404], () => admin.get(configMapKind, marker));
  const foreign = (await admin.list(nodeKind)).find((node) => !isOwn(node));
  if (foreign !== undefined)
    throw new Error(
      `ACKNET_TEST_KUBECONFIG names a cluster with nodes of its own (${placeOf(foreign).name}): the suite would run pods there. ` +
        'Use a disposable API server without nodes.',
    );
  if (marked) return;
  throw new Error(
    'ACKNET_TEST_KUBECONFIG names a cluster without ConfigMap kube-system/acknet-test-cluster. ' +
      'Create it there (kubectl -n kube-system create configmap acknet-test-cluster) to allow this suite to write.',
  );
}

/** An API server elsewhere cannot reach the kubelets that the suite plays. */
async function servesLogs(admin: Admin): Promise<boolean> {
  const pods = await admin.list(podKind);
  const started = pods.find((pod) =>
    text(list(pod, 'status', 'containerStatuses')[0], 'state', 'running', 'startedAt'),
  );
  if (started === undefined) return false;
  const container = text(list(started, 'spec', 'containers')[0], 'name') ?? '';
  return admin.answers(`${apiPath(podKind, placeOf(started))}/log`, { container });
}
