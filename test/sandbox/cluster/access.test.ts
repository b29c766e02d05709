import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RbacRule } from '../../../src/cluster/ports.js';
import { type OpenApi, openApi } from './open-api.js';

let api: OpenApi;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

const system = '/api/v1/namespaces/kube-system';
const rule = (resource: string, verb: RbacRule['verbs'][number], more: Partial<RbacRule> = {}): RbacRule => ({
  group: '',
  resource,
  verbs: [verb],
  ...more,
});

describe('RBAC', () => {
  it.each([
    ['its verb', [rule('nodes', 'list')], 'GET', '/api/v1/nodes', 200],
    ['another verb', [rule('nodes', 'get')], 'GET', '/api/v1/nodes', 403],
    ['watching as list', [rule('nodes', 'list')], 'GET', '/api/v1/nodes?watch=1', 403],
    ['another group', [rule('daemonsets', 'list')], 'GET', '/apis/apps/v1/daemonsets', 403],
    [
      'its own namespace',
      [rule('configmaps', 'list', { namespace: 'kube-system' })],
      'GET',
      `${system}/configmaps`,
      200,
    ],
    [
      'another namespace',
      [rule('configmaps', 'list', { namespace: 'shop' })],
      'GET',
      `${system}/configmaps`,
      403,
    ],
    [
      'all namespaces with a rule for one',
      [rule('configmaps', 'list', { namespace: 'shop' })],
      'GET',
      '/api/v1/configmaps',
      403,
    ],
    ['one namespace with a rule for all', [rule('configmaps', 'list')], 'GET', `${system}/configmaps`, 200],
    [
      'its name',
      [rule('configmaps', 'get', { names: ['agent-config'] })],
      'GET',
      `${system}/configmaps/agent-config`,
      200,
    ],
    [
      'another name',
      [rule('configmaps', 'get', { names: ['x'] })],
      'GET',
      `${system}/configmaps/agent-config`,
      403,
    ],
    [
      'a list with a rule for one name',
      [rule('nodes', 'list', { names: ['node-1'] })],
      'GET',
      '/api/v1/nodes',
      403,
    ],
    [
      'a list limited to that name',
      [rule('nodes', 'list', { names: ['node-1'] })],
      'GET',
      '/api/v1/nodes?fieldSelector=metadata.name%3Dnode-1',
      200,
    ],
    ['a subresource with a rule for the resource', [rule('pods', 'get')], 'GET', `${system}/pods/x/log`, 403],
    ['its subresource', [rule('pods/log', 'get')], 'GET', `${system}/pods/x/log`, 404],
    ['deleting many with a rule to delete one', [rule('pods', 'delete')], 'DELETE', `${system}/pods`, 403],
    ['nothing', [], 'GET', '/api/v1/nodes', 403],
  ] as const)('decides about %s', async (_title, rules, method, path, status) => {
    api.simulator.grant('reader', rules);
    if (path.includes('watch')) {
      expect((await api.call(path, { role: 'reader' })).status).toBe(status);
      return;
    }
    expect((await api.call(path, { role: 'reader', method })).status).toBe(status);
  });

  it('says who may not do what', async () => {
    api.simulator.grant('fixer', []);
    const path = `${system}/configmaps/agent-config`;
    const { body } = await api.call(path, {
      role: 'fixer',
      method: 'PATCH',
      body: {},
      type: 'application/merge-patch+json',
    });
    expect(body).toMatchObject({
      reason: 'Forbidden',
      message:
        'configmaps "agent-config" is forbidden: User "system:serviceaccount:acknet:fixer" cannot patch resource "configmaps" in API group "" in the namespace "kube-system"',
    });
  });

  it('records no write that was refused', async () => {
    const before = api.simulator.writes.length;
    await api.call(`${system}/configmaps/agent-config`, { role: 'fixer', method: 'DELETE' });
    expect(api.simulator.writes).toHaveLength(before);
  });

  it('lets everybody with a token discover', async () => {
    api.simulator.grant('reader', []);
    expect((await api.call('/apis', { role: 'reader' })).status).toBe(200);
  });
});

describe('reviews of oneself', () => {
  const review = async (resourceAttributes: Record<string, string>) => {
    const body = { spec: { resourceAttributes } };
    const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
    return (
      (await api.call(path, { role: 'reader', method: 'POST', body })).body.status as { allowed: boolean }
    ).allowed;
  };

  it.each([
    [{ verb: 'get', resource: 'configmaps', namespace: 'kube-system', name: 'one' }, true],
    [{ verb: 'get', resource: 'configmaps', namespace: 'kube-system', name: 'two' }, false],
    [{ verb: 'get', resource: 'configmaps', namespace: 'kube-system' }, false],
    [{ verb: 'get', resource: 'pods', subresource: 'log', namespace: 'shop' }, true],
    [{ verb: 'get', resource: 'pods', namespace: 'shop' }, false],
  ])('say whether %j is allowed', async (attributes, allowed) => {
    api.simulator.grant('reader', [
      rule('configmaps', 'get', { namespace: 'kube-system', names: ['one'] }),
      rule('pods/log', 'get'),
    ]);
    expect(await review(attributes)).toBe(allowed);
  });

  it('list the rules of a namespace', async () => {
    api.simulator.grant('reader', [
      rule('configmaps', 'get', { namespace: 'a', names: ['one'] }),
      rule('nodes', 'list'),
    ]);
    const path = '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews';
    const ask = async (namespace: string) =>
      (await api.call(path, { role: 'reader', method: 'POST', body: { spec: { namespace } } })).body.status;
    expect(await ask('a')).toMatchObject({
      resourceRules: [{ resourceNames: ['one'] }, { resources: ['nodes'] }],
    });
    expect(await ask('b')).toMatchObject({ resourceRules: [{ resources: ['nodes'] }] });
  });

  it('say who is asking', async () => {
    const path = '/apis/authentication.k8s.io/v1/selfsubjectreviews';
    const { body } = await api.call(path, { role: 'reader', method: 'POST', body: {} });
    expect(body.status).toMatchObject({ userInfo: { username: 'system:serviceaccount:acknet:reader' } });
  });
});
