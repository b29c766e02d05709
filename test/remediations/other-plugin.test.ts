import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../src/cluster/ports.js';
import { remediations } from '../../src/remediations/index.js';
import { daemonSet } from '../support/kube-objects.js';
import { readerOf } from '../support/reader-of.js';
import { flannel } from './flannel/flannel-objects.js';
import { terway } from './terway/terway-objects.js';

const named = (id: RegExp): [string][] =>
  remediations.filter((remediation) => id.test(remediation.id)).map((remediation) => [remediation.id]);

const planned = (id: string, objects: ReturnType<typeof flannel>) => {
  const remediation = remediations.find((one) => one.id === id);
  const params = { vSwitch: 'vsw-bp1aevy8sofi8mh1q5z01', zone: 'cn-hangzhou-i' };
  return remediation?.plan(readerOf({ objects }), {
    ...{ target: undefined, now: new Date('2026-11-24T03:00:00Z') },
    params: id === 'add-pod-vswitch' ? params : {},
  } as never);
};

describe('a fix for a plugin that the cluster does not run', () => {
  it.each(named(/flannel/))('is refused in plain words: %s', async (id) => {
    await expect(planned(id, terway())).rejects.toMatchObject({
      code: 'plan.refused',
      message:
        'cluster-x runs no Flannel of ACK’s (DaemonSet kube-system/kube-flannel-ds), so this fix has nothing to change there.',
      hint: expect.stringContaining('/acknet check cluster-x'),
    });
  });

  it.each(named(/flannel/))('is not said to be absent where it is self-managed: %s', async (id) => {
    const set = daemonSet('kube-flannel-ds', 'r/flannel:v0.26.2');
    const upstream = { ...set, metadata: { ...(set.metadata as JsonObject), namespace: 'kube-flannel' } };
    await expect(planned(id, [upstream])).rejects.toMatchObject({
      code: 'plan.refused',
      message:
        'cluster-x runs a self-managed Flannel (DaemonSet kube-flannel/kube-flannel-ds), which acknet does not change.',
    });
  });

  it.each(named(/terway|vswitch|network-policy|in-cluster/))('is refused in plain words: %s', async (id) => {
    await expect(planned(id, flannel())).rejects.toMatchObject({
      code: 'plan.refused',
      message: 'cluster-x runs no Terway, so this fix has nothing to change there.',
    });
  });
});
