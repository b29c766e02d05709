import { CoreV1Api, KubeConfig } from '@kubernetes/client-node';

/** Seeds and removes the suite's own objects with the generated client, so that two clients agree on one server. */
export function openAdmin(kubeconfig: string) {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const api = config.makeApiClient(CoreV1Api);
  const namespace = 'kube-system';
  const owned = new Set<string>();
  const ownPods = new Set<string>();

  return {
    hasConfigMap: async (name: string): Promise<boolean> =>
      api.readNamespacedConfigMap({ namespace, name }).then(
        () => true,
        () => false,
      ),
    async createConfigMap(name: string, data: Record<string, string>, labels: Record<string, string> = {}) {
      await api.createNamespacedConfigMap({ namespace, body: { metadata: { name, labels }, data } });
      owned.add(name);
    },
    async createPod(name: string) {
      const body = {
        metadata: { name },
        spec: { containers: [{ name: 'pause', image: 'registry.k8s.io/pause:3.9' }] },
      };
      const created = await api.createNamespacedPod({ namespace, body });
      ownPods.add(name);
      return { namespace, name, uid: created.metadata?.uid ?? '' };
    },
    async removeAll() {
      const left = [
        'acknet-contract',
        'acknet-page-1',
        'acknet-page-2',
        'acknet-page-3',
        'acknet-page-4',
        'acknet-page-5',
      ];
      for (const name of new Set([...owned, ...left])) {
        await api.deleteNamespacedConfigMap({ namespace, name }).catch(() => undefined);
      }
      for (const name of ownPods) await api.deleteNamespacedPod({ namespace, name }).catch(() => undefined);
    },
  };
}
