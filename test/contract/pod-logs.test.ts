import { afterAll, describe, expect, it } from '@jest/globals';
import { pods } from '../../src/cluster/views/pod.js';
import { apiServers, openTestCluster } from '../support/api-server/open-test-cluster.js';
import { openAll } from '../support/open-all.js';

const { signal } = new AbortController();
const namespace = 'kube-system';
const kubeSystem = { group: '', namespace } as const;

// Opened while the tests are collected, so that a server whose pods have no logs is reported as skipped.
const opened = await openAll(
  apiServers.map((server) =>
    openTestCluster(server, 'flannel-healthy', {
      reads: [
        { group: '', resource: 'pods', verbs: ['list'] },
        { ...kubeSystem, resource: 'pods/log', verbs: ['get'] },
      ],
      writes: [],
    }),
  ),
);
const clusters = opened.map((cluster, at) => ({ server: apiServers[at], cluster }));
afterAll(() => Promise.all(clusters.map(({ cluster }) => cluster.close())));

describe.each(clusters)('the log of a container, on $server', ({ cluster: { access, logs } }) => {
  const reader = access.reader(signal);
  const read = logs ? it : it.skip;

  read('is read, with times where they are asked for', async () => {
    const all = await reader.list(pods, { namespace });
    const pod = all.find(({ owner }) => owner?.name === 'kube-proxy-worker')?.name ?? '';
    const log = { namespace, pod, container: 'kube-proxy-worker', limitBytes: 10_000 };
    expect(await reader.podLog({ ...log, tailLines: 100 })).toContain('Proxier');
    expect(await reader.podLog({ ...log, timestamps: true })).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z /);
  });
});
