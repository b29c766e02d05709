import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { configMaps, exactConfigMaps } from '../../src/cluster/views/config-map.js';
import { nodes } from '../../src/cluster/views/node.js';
import { type ContractCluster, openContractCluster } from './open-contract-cluster.js';

let cluster: ContractCluster;
const signal = new AbortController().signal;
const place = { namespace: 'kube-system', name: 'acknet-contract' };
const target = { kind: 'ConfigMap', ...place } as const;

beforeAll(async () => {
  cluster = await openContractCluster();
}, 60_000);
afterAll(() => cluster.close());

const valueNow = async () => (await cluster.access.reader(signal).get(exactConfigMaps, place)).data.document;

describe('ClusterReader', () => {
  it('reads one object, exactly and redacted', async () => {
    const reader = cluster.access.reader(signal);
    expect((await reader.get(exactConfigMaps, place)).data.document).toBe('one: 1\n\n\n# kept\n');
    expect((await reader.get(configMaps, place)).data.secret).not.toContain('canary');
  });

  it('lists over several pages without losing or repeating one', async () => {
    const names = (
      await cluster.access.reader(signal).list(configMaps, { labelSelector: 'acknet-contract=page' })
    ).map(({ name }) => name);
    expect(names.sort()).toEqual(
      ['page-1', 'page-2', 'page-3', 'page-4', 'page-5'].map((name) => `acknet-${name}`),
    );
  });

  it.each([
    ['an object', { namespace: 'kube-system', name: 'acknet-none' }, configMaps],
    ['an API group', { name: 'x' }, { ...nodes, group: 'none.acknet.test' }],
  ])('says not-found for %s that is not there', async (_title, at, resource) => {
    await expect(cluster.access.reader(signal).get(resource as typeof configMaps, at)).rejects.toMatchObject({
      code: 'cluster.not-found',
    });
  });

  it('tells the server’s version', async () => {
    expect((await cluster.access.reader(signal).serverVersion()).gitVersion).toMatch(/^v\d+\.\d+/);
  });

  it('stops when its signal aborts', async () => {
    const stop = AbortSignal.abort();
    await expect(cluster.access.reader(stop).list(nodes)).rejects.toThrow();
  });
});

describe('ClusterWriter', () => {
  const write = (from: string, to: string, dryRun: boolean) =>
    cluster.access.writer(signal).patch(
      target,
      [
        { op: 'test', path: '/data/document', value: from },
        { op: 'replace', path: '/data/document', value: to },
      ],
      { dryRun },
    );

  it('stores nothing in a dry run', async () => {
    await write('one: 1\n\n\n# kept\n', 'two', true);
    expect(await valueNow()).toBe('one: 1\n\n\n# kept\n');
  });

  it('refuses to write over a value that moved', async () => {
    await expect(write('something else', 'two', false)).rejects.toMatchObject({ code: 'cluster.conflict' });
    expect(await valueNow()).toBe('one: 1\n\n\n# kept\n');
  });

  it('writes and keeps every byte', async () => {
    await write('one: 1\n\n\n# kept\n', 'one: 2\n\n\n# kept\n', false);
    expect(await valueNow()).toBe('one: 2\n\n\n# kept\n');
  });

  it('deletes the very pod that was meant, and no namesake', async () => {
    const pod = await cluster.pod();
    const writer = cluster.access.writer(signal);
    const other = { ...pod, uid: '00000000-0000-4000-8000-000000000000' };
    await expect(writer.deletePod(other, { dryRun: false })).rejects.toMatchObject({
      code: 'cluster.conflict',
    });
    await writer.deletePod(pod, { dryRun: true });
    expect(await cluster.hasPod(pod)).toBe(true);
    await writer.deletePod(pod, { dryRun: false });
    expect(await cluster.hasPod(pod)).toBe(false);
  });

  it('says not-found for a pod that is gone', async () => {
    await expect(
      cluster.access
        .writer(signal)
        .deletePod({ namespace: 'kube-system', name: 'acknet-gone', uid: 'x' }, { dryRun: false }),
    ).rejects.toMatchObject({ code: 'cluster.not-found' });
  });
});

describe('may', () => {
  it.each([
    ['reader', 'get', true],
    ['reader', 'patch', false],
  ] as const)('knows whether the %s may %s ConfigMaps', async (who, verb, allowed) => {
    const access = { group: '', resource: 'configmaps', verb, namespace: 'kube-system', name: place.name };
    // On a real server both credentials may be one kubeconfig; only the simulated reader is known to be limited.
    const expected = cluster.limitedReader ? allowed : true;
    expect(await cluster.access.may(who, access, signal)).toBe(expected);
  });
});
