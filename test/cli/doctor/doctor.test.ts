import { describe, expect, it } from '@jest/globals';
import { examineAuditKey } from '../../../src/cli/doctor/doctor.js';
import { accessesOf, examineCluster } from '../../../src/cli/doctor/examine-cluster.js';
import { examineRedis } from '../../../src/cli/doctor/examine-redis.js';
import { examineAppToken, examineSlack, neededScopes } from '../../../src/cli/doctor/examine-slack.js';
import { examineUid } from '../../../src/cli/doctor/examine-uid.js';
import type { Symptom } from '../../../src/cli/doctor/symptom.js';
import type { ClusterAccess, ClusterReader, RbacRule, ResourceAccess } from '../../../src/cluster/ports.js';
import { AcknetError } from '../../../src/errors.js';
import { checkpointKey } from '../../../src/ops/audit/checkpoint-key.js';
import { createKeyring } from '../../../src/ops/audit/keyring.js';

const lines = (symptoms: readonly Symptom[]) => symptoms.map(({ state, what }) => `${state}: ${what}`);

describe('examineCluster', () => {
  const rules: readonly RbacRule[] = [
    { group: '', resource: 'pods/log', verbs: ['get'], namespace: 'kube-system' },
    { group: '', resource: 'configmaps', verbs: ['get'], namespace: 'kube-system', names: ['a', 'b'] },
  ];
  const examine = (may: (access: ResourceAccess) => boolean | Error) => {
    const access = {
      name: 'cluster-x',
      may: async (_who: string, wish: ResourceAccess) => {
        const answer = may(wish);
        if (answer instanceof Error) throw answer;
        return answer;
      },
    } as unknown as ClusterAccess;
    return examineCluster({ access, who: 'reader', rules, signal: new AbortController().signal });
  };
  const needed = ({ verb }: ResourceAccess) => verb === 'get';
  const harmless = (access: ResourceAccess) =>
    needed(access) && access.resource !== 'secrets' && access.subresource !== 'proxy';

  it('is content when just the needed verbs are granted', async () => {
    expect(lines(await examine(harmless))).toEqual([
      'ok: cluster-x, reader: has 3 verbs needed, and none that should be forbidden',
    ]);
  });

  it('names a verb that is missing, with its subresource and namespace', async () => {
    const found = await examine((access) => harmless(access) && access.subresource !== 'log');
    expect(lines(found)).toEqual(['fault: cluster-x, reader: may not get pods/log in kube-system']);
    expect(found[0]?.todo).toContain('acknet rbac');
  });

  it('names verbs that should be forbidden', async () => {
    const found = lines(await examine(() => true));
    expect(found).toContain('fault: cluster-x, reader: may list secrets, and should not');
    expect(found).toContain('fault: cluster-x, reader: may get nodes/proxy, and should not');
  });

  it('never takes a failed review for a pass', async () => {
    const found = await examine(() => new AcknetError('cluster.unreachable', 'ECONNREFUSED'));
    expect(found.map(({ state }) => state)).toEqual(['unread']);
  });

  it('asks for each name once', () => {
    expect(accessesOf([...rules, ...rules])).toHaveLength(3);
  });
});

describe('examineUid', () => {
  const examine = (get: () => Promise<unknown>) =>
    examineUid(
      { name: 'cluster-x', reader: () => ({ get }) as unknown as ClusterReader },
      new AbortController().signal,
    );

  it('says which cluster answers, what it cannot say, and that nothing answers', async () => {
    const uid = '0f3c9a1e-aaaa-bbbb-cccc-000000000001';
    expect(await examine(async () => ({ uid }))).toMatchObject({
      state: 'ok',
      what: 'cluster-x: is cluster 0f3c9a1e',
    });
    for (const code of ['cluster.forbidden', 'cluster.unreachable'] as const)
      expect(await examine(() => Promise.reject(new AcknetError(code, 'no')))).toMatchObject({
        state: 'unread',
      });
  });
});

describe('examineAuditKey', () => {
  it('prints the public key of the checkpoints, and not the secret', () => {
    const auditKey = 'a newer key of some length, an older key of some length';
    const { state, what } = examineAuditKey({ auditKey });
    expect(state).toBe('ok');
    expect(what).toContain(checkpointKey(createKeyring('a newer key of some length'))?.publicKey);
    expect(what).not.toContain('of some length');
  });

  it('is a fault without a key', () => {
    expect(examineAuditKey({})).toMatchObject({ state: 'fault', what: expect.stringContaining('not set') });
  });
});

describe('examineRedis', () => {
  const redis = (settings: Record<string, string>) => ({
    info: async () => 'redis_version:7.2.4',
    config: async (_verb: 'GET', key: string) => [key, settings[key] ?? ''],
    exists: async () => 0,
  });
  const prefix = '{acknet}';

  it('is content with AOF and noeviction', async () => {
    const found = await examineRedis(redis({ 'maxmemory-policy': 'noeviction', appendonly: 'yes' }), prefix);
    expect(found.every(({ state }) => state === 'ok')).toBe(true);
  });

  it.each([
    ['Redis 7.2.4', 'redis_version:7.2.4'],
    ['Valkey 8.0.1', 'redis_version:7.2.4\r\nserver_name:valkey\r\nvalkey_version:8.0.1'],
    ['Redis of unknown version', ''],
  ])('names %s', async (name, info) => {
    const [first] = await examineRedis({ ...redis({}), info: async () => info }, prefix);
    expect(first?.what).toBe(`${name} answers`);
  });

  it('says what eviction and a missing AOF cost', async () => {
    const found = lines(
      await examineRedis(redis({ 'maxmemory-policy': 'allkeys-lru', appendonly: 'no' }), prefix),
    );
    expect(found[1]).toContain('may drop proposals and jobs');
    expect(found[2]).toContain('forgets proposals and approvals');
  });

  it('says where to look when CONFIG is not allowed', async () => {
    const closed = { ...redis({}), config: () => Promise.reject(new Error('NOPERM')) };
    expect((await examineRedis(closed, prefix)).map(({ state }) => state)).toEqual([
      'ok',
      'unread',
      'unread',
    ]);
  });

  it('says that Redis does not answer', async () => {
    const down = { ...redis({}), info: () => Promise.reject(new Error('ECONNREFUSED')) };
    expect(lines(await examineRedis(down, prefix))).toEqual(['unread: Redis: ECONNREFUSED']);
  });

  it('refuses a node of a cluster that another node’s keys are asked of', async () => {
    const node = { ...redis({}), exists: () => Promise.reject(new Error('MOVED 42 10.0.0.9:6379')) };
    const [found] = await examineRedis(node, prefix);
    expect(found?.state).toBe('fault');
    expect(found?.what).toMatch(/one node of a Redis Cluster.*MOVED 42/);
  });
});

describe('examineSlack', () => {
  const slack = (scopes: string[] | undefined) => ({
    auth: {
      test: async () => ({ team: 'T', user: 'acknet', ...(scopes && { response_metadata: { scopes } }) }),
    },
  });

  it('is content with every scope of the manifest', async () => {
    expect(lines(await examineSlack(slack(Object.keys(neededScopes))))).toEqual([
      'ok: Slack: signed in as acknet in T',
    ]);
  });

  it('says what is lost without a scope', async () => {
    const without = Object.keys(neededScopes).filter((scope) => scope !== 'usergroups:read');
    expect(lines(await examineSlack(slack(without)))[1]).toContain('nobody in them may approve');
  });

  it('names a scope beyond the manifest: a stolen token may use it', async () => {
    const found = await examineSlack(slack([...Object.keys(neededScopes), 'files:read', 'identify']));
    expect(lines(found).slice(1)).toEqual([
      'fault: Slack: scope files:read is granted and not needed: whoever holds the token may use it',
    ]);
  });

  it('says when scopes are not told, or Slack refuses', async () => {
    expect((await examineSlack(slack(undefined)))[0]?.state).toBe('unread');
    const refused = { auth: { test: () => Promise.reject(new Error('invalid_auth')) } };
    expect(lines(await examineSlack(refused))).toEqual(['unread: Slack: invalid_auth']);
  });
});

describe('examineAppToken', () => {
  const refusal = (error: string) => Object.assign(new Error(error), { data: { ok: false, error } });

  it.each([
    ['opens a socket', () => Promise.resolve({ ok: true }), 'ok'],
    ['is another one', () => Promise.reject(refusal('invalid_auth')), 'fault'],
    ['is not reached', () => Promise.reject(new Error('connect ECONNREFUSED')), 'unread'],
  ])('says of a token that it %s', async (_what, open, state) => {
    expect(await examineAppToken({ apps: { connections: { open } } })).toMatchObject({ state });
  });
});
