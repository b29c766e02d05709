import { describe, expect, it } from '@jest/globals';
import { bindClusters } from '../../src/approvals/bind-clusters.ts';
import { createClusterBindings } from '../../src/approvals/create-cluster-bindings.ts';
import { createRebind } from '../../src/approvals/create-rebind.ts';
import type { ClusterAccess, Clusters } from '../../src/cluster/ports.ts';
import { configMaps } from '../../src/cluster/views/config-map.ts';
import { createAuditLog } from '../../src/ops/audit/audit-log.ts';
import { createLedger } from '../../src/ops/audit/ledger.ts';
import { quietLogger } from '../support/quiet-logger.ts';
import { readerOf } from '../support/reader-of.ts';
import { redisForTest } from '../support/redis-for-test.ts';
import { sampleNow } from '../support/sample-proposal.ts';
import { person } from './sample-authority.ts';

const { connect, newPrefix } = redisForTest();
const redis = connect();
const keeper = person('U0KEEPER');

/** A kubeconfig that can come to lead elsewhere: `answers` = uid of the cluster behind it, undefined = it does not say. */
function setUp() {
  const prefix = newPrefix();
  const ledger = createLedger({ redis, prefix, auditKey: 'a key for tests only', logger: quietLogger() });
  const behind: { answers: string | undefined } = { answers: 'uid-of-the-first' };
  const objects = () => [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'kube-system', uid: behind.answers ?? null } },
  ];
  const reader = () =>
    readerOf({ objects: objects(), forbidden: behind.answers === undefined ? ['namespaces'] : [] });
  const access = { name: 'cluster-x', reader } as Partial<ClusterAccess> as ClusterAccess;
  const clusters: Clusters = { names: ['cluster-x'], get: () => access };
  const bindings = createClusterBindings({ ledger, prefix, now: () => sampleNow });
  const read = () =>
    bindClusters(clusters, bindings).get('cluster-x').reader(new AbortController().signal).list(configMaps);
  const rebind = createRebind({ clusters, bindings });
  return { prefix, behind, read, rebind, audit: createAuditLog(ledger) };
}

const replaced = { code: 'cluster.replaced', hint: expect.stringContaining('/acknet rebind cluster-x') };

describe('the name of a cluster', () => {
  it('stands for the first one that answers to it, which is audited', async () => {
    const { read, audit } = setUp();
    await read();
    await read();
    expect(await audit.read({})).toMatchObject([
      { action: 'cluster.bound', cluster: 'cluster-x', detail: 'uid-of-the-first' },
    ]);
  });

  it.each([
    ['another one', 'uid-of-the-second'],
    ['one that does not say which it is', undefined],
  ])('is not read where %s answers to it, until a maintainer says so', async (_what, answers) => {
    const { behind, read, rebind, audit } = setUp();
    await read();
    behind.answers = answers;
    await expect(read()).rejects.toMatchObject(replaced);
    behind.answers = 'uid-of-the-second';
    expect(await rebind('cluster-x', keeper)).toEqual({
      before: 'uid-of-the-first',
      uid: 'uid-of-the-second',
    });
    expect(await read()).toEqual([]);
    expect((await audit.read({})).at(-1)).toMatchObject({ action: 'cluster.rebound', actor: keeper });
  });

  it('stands for nothing that answers where somebody else wrote what it stands for', async () => {
    const { prefix, behind, read } = setUp();
    await read();
    behind.answers = 'uid-of-the-second';
    const value = JSON.stringify({ cluster: 'cluster-x', uid: 'uid-of-the-second' });
    await redis.hset(`${prefix}:cluster:cluster-x`, 'value', value);
    await expect(read()).rejects.toMatchObject(replaced);
  });

  it('of which nobody may read what it is stays unbound', async () => {
    const { behind, read, audit } = setUp();
    behind.answers = undefined;
    expect(await read()).toEqual([]);
    expect(await audit.read({})).toEqual([]);
  });
});
