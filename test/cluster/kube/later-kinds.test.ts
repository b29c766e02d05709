import { describe, expect, it } from '@jest/globals';
import { serviceCidrs } from '../../../src/cluster/views/service-cidr.js';
import { startSimulatedCluster } from '../../support/start-simulated-cluster.js';

const { signal } = new AbortController();
const reads = [{ group: 'networking.k8s.io', resource: 'servicecidrs', verbs: ['list' as const] }];

/** Its API, networking.k8s.io/v1, is served by every release; the kind from 1.33 on. */
describe('a kind that came into its API later', () => {
  it('is listed where the server has it', async () => {
    const cluster = await startSimulatedCluster('terway-datapath-v2', { reads });
    const listed = await cluster.access.reader(signal).list(serviceCidrs);
    expect(listed).toEqual([{ name: 'kubernetes', cidrs: ['192.168.0.0/16'], notReady: undefined }]);
    await cluster.close();
  });

  it('is no fault of a server that does not list it', async () => {
    const cluster = await startSimulatedCluster('flannel-healthy', { reads });
    await expect(cluster.access.reader(signal).list(serviceCidrs)).rejects.toMatchObject({
      code: 'cluster.not-found',
      message: 'Cluster cluster-x: the API server does not serve servicecidrs.networking.k8s.io.',
    });
    await cluster.close();
  });

  it('is told so by the kind itself: without it, the release of the API says that the server has the kind', async () => {
    const cluster = await startSimulatedCluster('flannel-healthy', { reads });
    const always = { ...serviceCidrs, since: undefined };
    await expect(cluster.access.reader(signal).list(always)).rejects.toMatchObject({
      code: 'cluster.malformed',
    });
    await cluster.close();
  });

  it('is a lie where the server lists it and answers 404', async () => {
    const cluster = await startSimulatedCluster('terway-datapath-v2', { reads });
    cluster.simulator.faults.add({
      path: /\/servicecidrs$/,
      times: Number.POSITIVE_INFINITY,
      effect: { kind: 'lie', lie: 'notFoundPage' },
    });
    await expect(cluster.access.reader(signal).list(serviceCidrs)).rejects.toMatchObject({
      code: 'cluster.malformed',
    });
    await cluster.close();
  });
});
