import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { configMapKind, podKind } from '../../sandbox/cluster/api/objects/kinds.js';
import { checks } from '../../src/checks/index.js';
import { readerRules } from '../../src/cli/rbac.js';
import type { JsonObject } from '../../src/cluster/ports.js';
import { configMaps } from '../../src/cluster/views/config-map.js';
import { nodes } from '../../src/cluster/views/node.js';
import { pods } from '../../src/cluster/views/pod.js';
import { isDated } from '../../src/cluster/write-times.js';
import { runChecks } from '../../src/engine/checking/run-checks.js';
import { apiServers, openTestCluster } from '../support/api-server/open-test-cluster.js';
import { openAll } from '../support/open-all.js';
import { withOwnLabel } from '../support/api-server/own-objects.js';
import { nextSecond } from '../support/api-server/seed-workloads.js';
import { waitFor } from '../support/wait-for.js';

const { signal } = new AbortController();
const namespace = 'kube-system';
const kubeSystem = { group: '', namespace };
const place = { namespace, name: 'acknet-contract' };
const target = { kind: 'ConfigMap', ...place } as const;
const PAGES = ['page-1', 'page-2', 'page-3', 'page-4', 'page-5'].map((page) => `acknet-${page}`);

const opened = await openAll(
  apiServers.map((server) =>
    openTestCluster(server, 'flannel-healthy', {
      pageSize: 2,
      reads: [
        ...readerRules([]),
        { group: '', resource: 'configmaps', verbs: ['list'] },
        { ...kubeSystem, resource: 'configmaps', verbs: ['get'] },
        { ...kubeSystem, resource: 'pods', verbs: ['get'] },
        { group: 'none.acknet.test', resource: 'nodes', verbs: ['get'] },
      ],
      writes: [
        { ...kubeSystem, resource: 'configmaps', verbs: ['patch'] },
        { ...kubeSystem, resource: 'pods', verbs: ['delete'] },
      ],
    }),
  ),
);
const clusters = opened.map((cluster, at) => ({ server: apiServers[at], cluster }));
afterAll(() => Promise.all(clusters.map(({ cluster }) => cluster.close())));

describe.each(clusters)('on $server', ({ cluster }) => {
  const { access, admin, logs } = cluster;
  const reader = access.reader(signal);
  const writer = access.writer(signal);
  const configMap = (name: string, more: JsonObject): JsonObject =>
    withOwnLabel({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace, name }, ...more });
  const podsOf = (set: string) =>
    reader.list(pods, { namespace }).then((all) => all.filter(({ owner }) => owner?.name === set));

  beforeAll(async () => {
    const data = { document: 'one: 1\n\n\n# kept\n', secret: 'access_secret: canary' };
    await admin.create(configMap(place.name, { data }));
    for (const name of PAGES)
      await admin.create(
        configMap(name, { metadata: { namespace, name, labels: { 'acknet-contract': 'page' } } }),
      );
  });

  describe('ClusterReader', () => {
    it('reads one object, byte for byte, secrets too: they are masked where a text leaves', async () => {
      expect((await reader.get(configMaps, place)).data.document).toBe('one: 1\n\n\n# kept\n');
      expect((await reader.get(configMaps, place)).data.secret).toContain('canary');
    });

    it('lists over several pages without losing or repeating one', async () => {
      const found = await reader.list(configMaps, { labelSelector: 'acknet-contract=page' });
      expect(found.map(({ name }) => name).sort()).toEqual(PAGES);
    });

    it.each([
      ['an object', { namespace, name: 'acknet-none' }, configMaps],
      ['an API group', { name: 'x' }, { ...nodes, group: 'none.acknet.test' }],
    ])('says not-found for %s that is not there', async (_title, at, resource) => {
      await expect(reader.get(resource as typeof configMaps, at)).rejects.toMatchObject({
        code: 'cluster.not-found',
      });
    });

    it('says forbidden for what was not granted', async () => {
      const secrets = { ...configMaps, plural: 'secrets', kind: 'Secret' };
      await expect(reader.list(secrets)).rejects.toMatchObject({ code: 'cluster.forbidden' });
    });

    it('tells the server’s version', async () => {
      expect((await reader.serverVersion()).gitVersion).toMatch(/^v\d+\.\d+/);
    });

    it('stops when its signal aborts', async () => {
      await expect(access.reader(AbortSignal.abort()).list(nodes)).rejects.toThrow();
    });

    it('lets every check read what it asks for, with the role that acknet rbac prints', async () => {
      const run = await runChecks({ access, checks, now: () => new Date(), deadlineMs: 30_000 });
      const refused = run.checks.filter(({ unknown }) =>
        ['cluster.forbidden', 'cluster.malformed', 'cluster.failed'].includes(unknown?.code ?? ''),
      );
      expect(refused.filter(({ unknown }) => logs || !/log/.test(unknown?.detail ?? ''))).toEqual([]);
    });
  });

  describe('ClusterWriter', () => {
    const valueNow = async () => (await reader.get(configMaps, place)).data.document;
    const write = (from: string, to: string, dryRun: boolean) =>
      writer.patch(
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

    it('dates a second change by the same client where the server’s version is known to', async () => {
      const timeNow = async () => (await reader.get(configMaps, place)).writtenAt;
      const edit = (note: string) =>
        admin.merge(configMapKind, place, { patch: { data: { note } }, manager: 'kubectl-edit' });
      await edit('one');
      const first = await timeNow();
      await nextSecond();
      await edit('two');
      expect((await timeNow()) !== first).toBe(await isDated(reader, first));
    });

    it('writes under its own field manager, and keeps every byte', async () => {
      await write('one: 1\n\n\n# kept\n', 'one: 2\n\n\n# kept\n', false);
      const { data, metadata } = await admin.get(configMapKind, place);
      expect(data).toMatchObject({ document: 'one: 2\n\n\n# kept\n' });
      expect(metadata).toMatchObject({
        managedFields: expect.arrayContaining([expect.objectContaining({ manager: 'acknet' })]),
      });
    });

    it('may not write what was not granted', async () => {
      const node = (await reader.list(nodes))[0]?.name ?? '';
      const cordon = [{ op: 'add' as const, path: '/spec/unschedulable', value: true }];
      await expect(
        writer.patch({ kind: 'Node', name: node }, cordon, { dryRun: true }),
      ).rejects.toMatchObject({ code: 'cluster.forbidden' });
    });

    it('deletes the very pod that was meant, and no namesake; a Ready one comes back on its node', async () => {
      const [old] = await podsOf('kube-proxy-worker');
      if (old === undefined) throw new Error('the scenario has no kube-proxy pod');
      const other = { ...old, uid: randomUUID() };
      await expect(writer.deletePod(other, { dryRun: false })).rejects.toMatchObject({
        code: 'cluster.conflict',
      });
      await writer.deletePod(old, { dryRun: true });
      expect(await admin.get(podKind, old)).toMatchObject({ metadata: { uid: old.uid } });
      await writer.deletePod(old, { dryRun: false });
      await waitFor('another pod on the node', async () =>
        (await podsOf('kube-proxy-worker')).some(
          ({ node, uid, ready }) => node === old.node && uid !== old.uid && ready,
        ),
      );
    });

    it('says not-found for a pod that is gone', async () => {
      const gone = { namespace, name: 'acknet-gone', uid: randomUUID() };
      await expect(writer.deletePod(gone, { dryRun: false })).rejects.toMatchObject({
        code: 'cluster.not-found',
      });
    });
  });

  describe('may', () => {
    it.each([
      ['reader', 'get', true],
      ['reader', 'patch', false],
      ['fixer', 'patch', true],
      ['fixer', 'delete', false],
    ] as const)('knows whether the %s may %s ConfigMaps', async (who, verb, allowed) => {
      const asked = { group: '', resource: 'configmaps', verb, namespace, name: place.name };
      expect(await access.may(who, asked, signal)).toBe(allowed);
    });
  });
});
