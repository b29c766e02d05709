import { createClusters } from '../../src/cluster/kube/create-clusters.js';
import type { ClusterAccess } from '../../src/cluster/ports.js';
import { pods } from '../../src/cluster/views/pod.js';
import { isAcknetError } from '../../src/errors.js';
import { startSimulatedCluster } from '../support/start-simulated-cluster.js';
import { openAdmin } from './open-admin.js';

export interface ContractCluster {
  readonly access: ClusterAccess;
  readonly limitedReader: boolean;
  /** A pod of the suite's own, made for this call. */
  pod(): Promise<{ namespace: string; name: string; uid: string }>;
  hasPod(pod: { namespace: string; name: string; uid: string }): Promise<boolean>;
  close(): Promise<void>;
}

/** The simulated cluster, or the real one that ACKNET_TEST_KUBECONFIG names. */
export async function openContractCluster(): Promise<ContractCluster> {
  const real = process.env.ACKNET_TEST_KUBECONFIG;
  const opened = real ? openReal(real) : await openSimulated();
  const admin = openAdmin(real ?? opened.admin);
  if (real) await refuseUnmarked(admin);
  await seed(admin);

  return {
    access: opened.access,
    limitedReader: real === undefined,
    pod: () => admin.createPod(`acknet-pod-${Date.now()}`),
    hasPod: async (pod) => {
      const found = await opened.access
        .reader(new AbortController().signal)
        .get(pods, pod)
        .catch((error: unknown) => {
          if (isAcknetError(error, 'cluster.not-found')) return undefined;
          throw error;
        });
      return found !== undefined && found.uid === pod.uid && !found.deleting;
    },
    close: async () => {
      await admin.removeAll();
      await opened.close();
    },
  };
}

type Opened = { access: ClusterAccess; admin: string; close(): Promise<void> };

function openReal(kubeconfig: string): Opened {
  const clusters = createClusters(
    { real: { kubeconfig, fixer: { kubeconfig } } },
    { requestTimeoutMs: 10_000, pageSize: 2 },
  );
  return { access: clusters.get('real'), admin: kubeconfig, close: () => clusters.close() };
}

async function openSimulated(): Promise<Opened> {
  const kubeSystem = { group: '', namespace: 'kube-system' };
  const simulated = await startSimulatedCluster('flannel-healthy', {
    pageSize: 2,
    reads: [
      { ...kubeSystem, resource: 'configmaps', verbs: ['get'] },
      { group: '', resource: 'configmaps', verbs: ['list'] },
      { group: '', resource: 'nodes', verbs: ['list', 'get'] },
      { group: '', resource: 'pods', verbs: ['get'] },
      { group: 'none.acknet.test', resource: 'nodes', verbs: ['get'] },
    ],
    writes: [
      { ...kubeSystem, resource: 'configmaps', verbs: ['patch'] },
      { ...kubeSystem, resource: 'pods', verbs: ['delete'] },
    ],
  });
  return { access: simulated.access, admin: simulated.kubeconfigs.admin, close: simulated.close };
}

type Admin = ReturnType<typeof openAdmin>;

/** Never touch a cluster that was not marked as one to test on. */
async function refuseUnmarked(admin: Admin): Promise<void> {
  if (await admin.hasConfigMap('acknet-test-cluster')) return;
  throw new Error(
    'ACKNET_TEST_KUBECONFIG names a cluster without ConfigMap kube-system/acknet-test-cluster. ' +
      'Create it there (kubectl -n kube-system create configmap acknet-test-cluster) to allow this suite to write.',
  );
}

async function seed(admin: Admin): Promise<void> {
  await admin.removeAll();
  await admin.createConfigMap('acknet-contract', {
    document: 'one: 1\n\n\n# kept\n',
    secret: 'access_secret: canary',
  });
  for (const index of [1, 2, 3, 4, 5])
    await admin.createConfigMap(`acknet-page-${index}`, {}, { 'acknet-contract': 'page' });
}
