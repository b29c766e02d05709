import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { namesOf, type OpenApi, openApi } from './open-api.js';

let api: OpenApi;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

const kubeSystem = '/api/v1/namespaces/kube-system';

describe('discovery', () => {
  it.each([
    ['/api', { kind: 'APIVersions', versions: ['v1'] }],
    ['/apis/apps', { kind: 'APIGroup', name: 'apps' }],
    ['/version', { gitVersion: 'v1.31.1-aliyun.1', major: '1', minor: '31+' }],
    ['/openapi/v2', { swagger: '2.0' }],
  ])('answers %s', async (path, body) => {
    expect((await api.call(path)).body).toMatchObject(body);
  });

  it.each(['/healthz', '/livez', '/readyz'])('tells anybody that it is well at %s', async (path) => {
    expect(await api.call(path, { role: 'nobody' })).toMatchObject({ status: 200, text: 'ok' });
  });

  it('lists groups, custom ones where they are installed', async () => {
    const { body } = await api.call('/apis');
    const names = (body.groups as { name: string }[]).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['apps', 'policy', 'network.alibabacloud.com']));
    expect(names).not.toContain('cilium.io');
  });

  it('lists resources with what may be done to them', async () => {
    const { body } = await api.call('/api/v1');
    const of = (name: string) =>
      (body.resources as { name: string; verbs: string[] }[]).find((r) => r.name === name);
    expect(of('pods')).toMatchObject({ kind: 'Pod', namespaced: true, shortNames: ['po'] });
    expect(of('pods/log')?.verbs).toEqual(['get']);
    expect(of('pods/eviction')).toMatchObject({ group: 'policy', kind: 'Eviction', verbs: ['create'] });
  });

  it('says in OpenAPI which kinds take a dry run', async () => {
    const index = (await api.call('/openapi/v3')).body.paths as Record<string, { serverRelativeURL: string }>;
    const { body } = await api.call(index['apis/apps/v1']?.serverRelativeURL ?? '');
    expect(body).toMatchObject({
      paths: {
        '/apis/apps/v1/namespaces/{namespace}/daemonsets/{name}': {
          patch: { 'x-kubernetes-group-version-kind': { group: 'apps', version: 'v1', kind: 'DaemonSet' } },
        },
      },
    });
  });
});

describe('get and list', () => {
  it('gets one object', async () => {
    expect((await api.call(`${kubeSystem}/configmaps/agent-config`)).body).toMatchObject({
      kind: 'ConfigMap',
      apiVersion: 'v1',
      metadata: { name: 'agent-config', uid: expect.any(String), resourceVersion: expect.any(String) },
      data: { 'config.yaml': 'mode: slow\nlimit: 65536\n' },
    });
  });

  it.each([
    ['one namespace', '/apis/apps/v1/namespaces/kube-system/daemonsets', ['agent', 'roller']],
    ['another', '/apis/apps/v1/namespaces/shop/daemonsets', []],
    ['all namespaces', '/apis/apps/v1/daemonsets', ['agent', 'roller']],
    ['what is cluster-wide', '/api/v1/nodes', ['node-1', 'node-2']],
    ['an equal label', '/apis/apps/v1/daemonsets?labelSelector=app%3Dagent', ['agent']],
    ['an unequal label', '/apis/apps/v1/daemonsets?labelSelector=app!%3Dagent', ['roller']],
    ['a label within a set', '/apis/apps/v1/daemonsets?labelSelector=app+in+(agent,x)', ['agent']],
    ['a label outside a set', '/apis/apps/v1/daemonsets?labelSelector=app+notin+(agent,x)', ['roller']],
    ['a label that is there', '/apis/apps/v1/daemonsets?labelSelector=app', ['agent', 'roller']],
    ['a label that is not', '/apis/apps/v1/daemonsets?labelSelector=!app', []],
    ['a field', '/api/v1/nodes?fieldSelector=metadata.name%3Dnode-2', ['node-2']],
    ['an unequal field', '/api/v1/nodes?fieldSelector=metadata.name!%3Dnode-2', ['node-1']],
  ])('lists %s', async (_title, path, names) => {
    expect(namesOf(await api.call(path))).toEqual(names);
  });

  it('selects pods by node and events by the object they are about', async () => {
    const pods = await api.call(
      '/api/v1/pods?fieldSelector=spec.nodeName%3Dnode-1&labelSelector=app%3Dagent',
    );
    expect(namesOf(pods)).toHaveLength(1);
    const events = await api.call(
      '/api/v1/events?fieldSelector=involvedObject.kind%3DNode,reason%3DConfigError',
    );
    expect(events.body.items).toMatchObject([
      { message: 'modern', eventTime: expect.any(String), firstTimestamp: null },
    ]);
  });

  it('shows events in the newer form too', async () => {
    const { body } = await api.call('/apis/events.k8s.io/v1/events');
    expect(body.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          apiVersion: 'events.k8s.io/v1',
          note: 'modern',
          reportingController: 'terway-daemon',
        }),
      ]),
    );
  });

  it('pages through one moment, whatever changes meanwhile', async () => {
    const first = await api.call('/api/v1/pods?limit=2');
    const { continue: token, remainingItemCount } = first.body.metadata as Record<string, string>;
    expect(remainingItemCount).toBe(5);
    const third = api.simulator.store.all(api.simulator.kind('Pod'))[2];
    const extra = { metadata: { namespace: 'shop', name: 'aaa' }, spec: { containers: [{ name: 'a' }] } };
    const pod = api.simulator.kind('Pod');
    api.simulator.store.create(pod, extra);
    const second = await api.call(`/api/v1/pods?limit=10&continue=${token}`);
    expect(namesOf(second)).toHaveLength(5);
    expect(namesOf(second)).not.toContain('aaa');
    expect(third).toMatchObject({ metadata: { name: namesOf(second)[0] } });
    expect((second.body.metadata as { resourceVersion: string }).resourceVersion).toBe(
      (first.body.metadata as { resourceVersion: string }).resourceVersion,
    );
    api.simulator.store.remove(pod, 'shop', 'aaa');
  });

  it('answers 410 to a continue token that outlived its list', async () => {
    const { continue: token } = (await api.call('/api/v1/pods?limit=1')).body.metadata as {
      continue: string;
    };
    api.simulator.expireTokens();
    expect(await api.call(`/api/v1/pods?limit=1&continue=${token}`)).toMatchObject({
      status: 410,
      body: { kind: 'Status', reason: 'Expired', code: 410 },
    });
  });

  it('renders tables', async () => {
    const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
    const { body } = await api.call('/api/v1/nodes', { accept });
    const named = (body.columnDefinitions as { name: string }[]).map(({ name }) => name);
    expect(named.slice(0, 5)).toEqual(['Name', 'Status', 'Roles', 'Age', 'Version']);
    const rows = body.rows as { cells: string[]; object: { kind: string } }[];
    expect(rows.map(({ cells }) => cells.slice(0, 6))).toEqual([
      ['node-1', 'Ready', '<none>', '200d', 'v1.31.1-aliyun.1', '192.168.0.1'],
      ['node-2', 'Ready', '<none>', '200d', 'v1.31.1-aliyun.1', '192.168.0.2'],
    ]);
    expect(rows[0]?.object.kind).toBe('PartialObjectMetadata');
  });
});

describe('what cannot be read', () => {
  it.each([
    ['no token', '/api/v1/nodes', { role: 'nobody' }, 401, 'Unauthorized'],
    ['a token nobody has', '/api/v1/nodes', { role: 'stranger' }, 401, 'Unauthorized'],
    ['a missing object', `${kubeSystem}/configmaps/none`, {}, 404, 'NotFound'],
    ['a kind that is not served', '/api/v1/things', {}, 404, 'NotFound'],
    ['an API group that is not installed', '/apis/cilium.io/v2/ciliumidentities', {}, 404, 'NotFound'],
    ['a namespaced object without its namespace', '/api/v1/pods/x', {}, 404, 'NotFound'],
    ['a cluster-wide kind in a namespace', '/api/v1/namespaces/shop/nodes', {}, 404, 'NotFound'],
    ['a field that is not indexed', '/api/v1/pods?fieldSelector=spec.foo%3D1', {}, 400, 'BadRequest'],
    ['a selector that does not parse', '/api/v1/pods?labelSelector=a+b+c', {}, 400, 'BadRequest'],
    ['a broken continue token', '/api/v1/pods?continue=%24%24', {}, 400, 'BadRequest'],
    ['only an encoding it does not speak', '/api/v1/nodes', { accept: 'text/csv' }, 406, 'NotAcceptable'],
  ] as const)('is refused: %s', async (_title, path, options, status, reason) => {
    expect(await api.call(path, options)).toMatchObject({
      status,
      body: { kind: 'Status', status: 'Failure', reason, code: status, message: expect.any(String) },
    });
  });
});
