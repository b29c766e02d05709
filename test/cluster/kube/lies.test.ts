import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Lie } from '../../../sandbox/cluster/api/lies.js';
import { lies } from '../../../sandbox/cluster/api/lies.js';
import { readerRules } from '../../../src/cli/rbac.js';
import type { ClusterReader } from '../../../src/cluster/ports.js';
import { configMaps } from '../../../src/cluster/views/config-map.js';
import { ciliumIdentities } from '../../../src/cluster/views/named-object.js';
import { nodes } from '../../../src/cluster/views/node.js';
import { pods } from '../../../src/cluster/views/pod.js';
import { terwayNodes } from '../../../src/cluster/views/terway/terway-node.js';
import { type SimulatedCluster, startSimulatedCluster } from '../../support/start-simulated-cluster.js';

const { signal } = new AbortController();
const profile = { namespace: 'kube-system', name: 'ack-cluster-profile' };
const everything = Object.keys(lies) as Lie[];
/** Of a list alone: one object has no items, pages or tokens. */
const listOnly: readonly Lie[] = [
  'plainList',
  'nullItems',
  'itemsOfAnotherKind',
  'namelessItems',
  'itemsObject',
  'itemsText',
  'itemsNumber',
  'itemsOfNull',
  'itemsOfNumbers',
  'missingPages',
  'endless',
];
const lyingAbout = (...except: readonly Lie[]) => everything.filter((lie) => !except.includes(lie));

let cluster: SimulatedCluster;
beforeAll(async () => {
  const reads = [...readerRules([]), { group: '', resource: 'configmaps', verbs: ['list' as const] }];
  cluster = await startSimulatedCluster('terway-exhausted', { reads, pageSize: 3 });
});
beforeEach(() => cluster.simulator.faults.clear());
afterAll(() => cluster.close());

const tell = (lie: Lie, path: RegExp, skip = 0): void =>
  cluster.simulator.faults.add({ path, skip, times: Number.POSITIVE_INFINITY, effect: { kind: 'lie', lie } });
const read = <T>(what: (reader: ClusterReader) => Promise<T>): Promise<T> =>
  what(cluster.access.reader(signal));
const fault = { code: 'cluster.malformed', message: expect.stringMatching(/^.{20,700}$/s) };

describe('an API server that lies', () => {
  it.each(everything)('has no list, where its first page is: %s', async (lie) => {
    tell(lie, /\/nodes$/);
    await expect(read((reader) => reader.list(nodes))).rejects.toMatchObject(fault);
  });

  it.each(everything)('has no list, where a later page is: %s', async (lie) => {
    tell(lie, /\/pods$/, 2);
    await expect(read((reader) => reader.list(pods))).rejects.toMatchObject(fault);
  });

  // There are none here, so nothing is said twice.
  it.each(lyingAbout('repeatedInItems'))('has no custom resources, where their list is: %s', async (lie) => {
    tell(lie, /network\.alibabacloud\.com\/v1beta1\/nodes$/);
    await expect(read((reader) => reader.list(terwayNodes))).rejects.toMatchObject(fault);
  });

  it.each(lyingAbout(...listOnly, 'noItems'))('has no object, where that is: %s', async (lie) => {
    tell(lie, /\/configmaps\/ack-cluster-profile$/);
    await expect(read((reader) => reader.get(configMaps, profile))).rejects.toMatchObject(fault);
  });

  it.each(lyingAbout(...listOnly, 'noItems', 'otherKind', 'otherVersion', 'otherObject', 'lowerCaseKind'))(
    'has no version, where that is: %s',
    async (lie) => {
      tell(lie, /\/version$/);
      await expect(read((reader) => reader.serverVersion())).rejects.toMatchObject(fault);
    },
  );

  const asLog: readonly Lie[] = [
    'webPage',
    'statusInside',
    'otherType',
    'noContent',
    'notFoundPage',
    'redirect',
    'gzip',
    'truncatedGzip',
    'otherCharset',
  ];
  it.each(asLog)('has no log, where that is: %s', async (lie) => {
    tell(lie, /\/log$/);
    const pod = await read((reader) => reader.list(pods)).then((all) =>
      all.find(({ namespace, containers }) => namespace === 'kube-system' && containers.length > 0),
    );
    const container = pod?.containers.find(({ init }) => !init)?.name ?? '';
    const log = { namespace: 'kube-system', pod: pod?.name ?? '', container, limitBytes: 1000 };
    await expect(read((reader) => reader.podLog(log))).rejects.toMatchObject(fault);
  });

  it.each(['webPage', 'statusInside', 'emptyObject', 'truncated', 'envelope', 'repeatedFields'] as const)(
    'has not reviewed access, where the review is: %s',
    async (lie) => {
      tell(lie, /selfsubjectaccessreviews$/);
      const asked = cluster.access.may('reader', { group: '', resource: 'nodes', verb: 'list' }, signal);
      await expect(asked).rejects.toMatchObject(fault);
    },
  );
});

describe('what is absent', () => {
  const identities = () => read((reader) => reader.list(ciliumIdentities));
  const absent = { code: 'cluster.not-found' };

  it('is a kind that discovery does not list, or an object of which the server says so', async () => {
    const none = { ...ciliumIdentities, group: 'none.acknet.test' };
    await expect(read((reader) => reader.list(none))).rejects.toMatchObject(absent);
    const missing = { namespace: 'kube-system', name: 'none' };
    await expect(read((reader) => reader.get(configMaps, missing))).rejects.toMatchObject({
      code: 'cluster.forbidden',
    });
    const flannel = { namespace: 'kube-system', name: 'kube-flannel-cfg' };
    await expect(read((reader) => reader.get(configMaps, flannel))).rejects.toMatchObject(absent);
    const unserved = { ...ciliumIdentities, plural: 'ciliumnothings', kind: 'CiliumNothing' };
    await expect(read((reader) => reader.list(unserved))).rejects.toMatchObject({
      code: expect.stringMatching(/not-found|forbidden/),
    });
  });

  it.each([
    ['its groups', /^\/apis$/],
    ['what a group holds', /^\/apis\/cilium\.io\/v2$/],
  ])('is not known where discovery lies about %s', async (_title, path) => {
    for (const lie of lyingAbout(...listOnly)) {
      cluster.simulator.faults.clear();
      tell('notFoundPage', /\/ciliumidentities$/);
      tell(lie, path);
      await expect(identities()).rejects.toMatchObject(fault);
    }
  });

  it.each(['notFoundPage', 'notFoundStatus', 'notFoundOther', 'notFoundObject'] as const)(
    'is no API that every server has, whatever is said: %s',
    async (lie) => {
      tell(lie, /\/(apis|nodes|pods|daemonsets)$/);
      await expect(read((reader) => reader.list(nodes))).rejects.toMatchObject(fault);
    },
  );
});
