import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { eventually, type OpenApi, openApi } from './open-api.js';

let api: OpenApi;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

const shop = '/api/v1/namespaces/shop';
const maps = `${shop}/configmaps`;
let count = 0;
/** A ConfigMap of this test's own. */
async function fresh(
  data: JsonObject = { a: '1', b: '2' },
): Promise<{ path: string; name: string; body: JsonObject }> {
  count += 1;
  const name = `cm-${count}`;
  const { body, status } = await api.call(maps, { method: 'POST', body: { metadata: { name }, data } });
  expect(status).toBe(201);
  return { path: `${maps}/${name}`, name, body };
}
const versionOf = (body: JsonObject): string =>
  (body.metadata as { resourceVersion: string }).resourceVersion;

describe('create', () => {
  it('gives the object its metadata and names the manager', async () => {
    const { body } = await api.call(`${maps}?fieldManager=acknet`, {
      method: 'POST',
      body: { metadata: { generateName: 'x-' } },
    });
    expect(body).toMatchObject({
      kind: 'ConfigMap',
      metadata: {
        name: expect.stringMatching(/^x-[a-z0-9]{5}$/),
        namespace: 'shop',
        uid: expect.any(String),
        managedFields: [{ manager: 'acknet', operation: 'Update' }],
      },
    });
  });

  it.each([
    ['a name that is taken', maps, { metadata: { name: 'taken' } }, 409, 'AlreadyExists'],
    [
      'a namespace that is not there',
      '/api/v1/namespaces/none/configmaps',
      { metadata: { name: 'x' } },
      404,
      'NotFound',
    ],
    ['no name', maps, { metadata: {} }, 422, 'Invalid'],
    ['a bad name', maps, { metadata: { name: 'Not_A_Name' } }, 422, 'Invalid'],
    ['a bad data key', maps, { metadata: { name: 'x' }, data: { 'a b': '' } }, 422, 'Invalid'],
    ['data that is no text', maps, { metadata: { name: 'x' }, data: { a: 1 } }, 400, 'BadRequest'],
    ['another kind', maps, { kind: 'Pod', metadata: { name: 'x' } }, 400, 'BadRequest'],
    ['another version', maps, { apiVersion: 'v2', metadata: { name: 'x' } }, 400, 'BadRequest'],
    ['another namespace', maps, { metadata: { name: 'x', namespace: 'default' } }, 400, 'BadRequest'],
    ['a pod without containers', `${shop}/pods`, { metadata: { name: 'x' }, spec: {} }, 422, 'Invalid'],
    ['a body that is no JSON', maps, '{', 400, 'BadRequest'],
  ])('refuses %s', async (_title, path, body, status, reason) => {
    await api.call(maps, { method: 'POST', body: { metadata: { name: 'taken' } } });
    expect(await api.call(path, { method: 'POST', body })).toMatchObject({
      status,
      body: { reason, code: status },
    });
  });

  it('takes YAML, and refuses encodings it does not know', async () => {
    const yaml = await api.call(maps, {
      method: 'POST',
      body: 'metadata: {name: from-yaml}',
      type: 'application/yaml',
    });
    expect(yaml.status).toBe(201);
    const cbor = await api.call(maps, { method: 'POST', body: Buffer.from([1]), type: 'application/cbor' });
    expect(cbor).toMatchObject({ status: 415, body: { reason: 'UnsupportedMediaType' } });
  });
});

describe('methods', () => {
  it.each([
    ['POST', `${maps}/x`],
    ['PUT', maps],
    ['PATCH', maps],
    ['POST', '/apis/events.k8s.io/v1/namespaces/shop/events'],
  ])('%s is not allowed on %s', async (method, path) => {
    expect(await api.call(path, { method, body: {} })).toMatchObject({
      status: 405,
      body: { reason: 'MethodNotAllowed' },
    });
  });
});

describe('update', () => {
  it('replaces the object and keeps what the server owns', async () => {
    const { path, body } = await fresh();
    const changed = {
      ...body,
      data: { c: '3' },
      metadata: { ...(body.metadata as JsonObject), creationTimestamp: 'x' },
    };
    const reply = await api.call(path, { method: 'PUT', body: changed });
    expect(reply.body).toMatchObject({
      data: { c: '3' },
      metadata: { creationTimestamp: expect.stringMatching(/^20/) },
    });
    expect(versionOf(reply.body)).not.toBe(versionOf(body));
  });

  it('refuses an old resourceVersion and another uid', async () => {
    const { path, body } = await fresh();
    await api.patch(path, 'merge', { data: { a: 'moved' } });
    expect(await api.call(path, { method: 'PUT', body })).toMatchObject({
      status: 409,
      body: { reason: 'Conflict', message: expect.stringContaining('the object has been modified') },
    });
    const other = { metadata: { name: (body.metadata as { name: string }).name, uid: 'other' } };
    expect((await api.call(path, { method: 'PUT', body: other })).status).toBe(409);
  });

  it('refuses to change an immutable ConfigMap or a DaemonSet’s selector', async () => {
    const { path } = await fresh();
    await api.patch(path, 'merge', { immutable: true });
    expect((await api.patch(path, 'merge', { data: { a: 'x' } })).status).toBe(422);
    const set = '/apis/apps/v1/namespaces/kube-system/daemonsets/agent';
    const moved = await api.patch(set, 'merge', { spec: { selector: { matchLabels: { app: 'x' } } } });
    expect(moved).toMatchObject({ status: 422, body: { reason: 'Invalid' } });
  });

  it('counts generations when the spec changes, not when labels do', async () => {
    const set = '/apis/apps/v1/namespaces/kube-system/daemonsets/agent';
    const generation = async () => ((await api.call(set)).body.metadata as { generation: number }).generation;
    const before = await generation();
    await api.patch(set, 'merge', { metadata: { labels: { x: 'y' } } });
    expect(await generation()).toBe(before);
    await api.patch(set, 'merge', { spec: { minReadySeconds: 1 } });
    expect(await generation()).toBe(before + 1);
  });

  it('changes the status through its subresource only', async () => {
    const node = '/api/v1/nodes/node-2';
    await api.patch(node, 'merge', { status: { phase: 'x' } });
    expect((await api.call(node)).body).not.toMatchObject({ status: { phase: 'x' } });
    await api.patch(`${node}/status`, 'merge', { status: { phase: 'x' }, spec: { unschedulable: true } });
    expect((await api.call(node)).body).toMatchObject({ status: { phase: 'x' } });
    expect((await api.call(node)).body).not.toMatchObject({ spec: { unschedulable: true } });
  });
});

describe('patch', () => {
  it('applies JSON patches, and refuses one whose test fails', async () => {
    const { path } = await fresh();
    const replace = { op: 'replace', path: '/data/a', value: 'x' };
    const done = await api.patch(path, 'json', [{ op: 'test', path: '/data/a', value: '1' }, replace]);
    expect(done.body).toMatchObject({ data: { a: 'x', b: '2' } });
    const failed = await api.patch(path, 'json', [{ op: 'test', path: '/data/a', value: '1' }, replace]);
    expect(failed).toMatchObject({ status: 422, body: { reason: 'Invalid' } });
    expect((await api.patch(path, 'json', { op: 'add' })).status).toBe(400);
  });

  it('applies merge patches: null removes, lists are replaced', async () => {
    const { path } = await fresh();
    expect((await api.patch(path, 'merge', { data: { a: null, c: '3' } })).body.data).toEqual({
      b: '2',
      c: '3',
    });
    const node = await api.patch('/api/v1/nodes/node-1', 'merge', {
      spec: { taints: [{ key: 'k', effect: 'NoExecute' }] },
    });
    expect(node.body).toMatchObject({ spec: { taints: [{ key: 'k', effect: 'NoExecute' }] } });
    await api.patch('/api/v1/nodes/node-1', 'merge', { spec: { taints: [] } });
  });

  it('merges lists by their key in strategic patches', async () => {
    const status = '/api/v1/nodes/node-1/status';
    const { body } = await api.patch(status, 'strategic', {
      status: { conditions: [{ type: 'Ready', reason: 'Other' }] },
    });
    const { conditions } = body.status as { conditions: { type: string; reason: string; status: string }[] };
    expect(conditions.find(({ type }) => type === 'Ready')).toMatchObject({
      reason: 'Other',
      status: 'True',
    });
    expect(conditions.length).toBeGreaterThan(3);
  });

  it.each([
    ['removes an entry by $patch', { spec: { containers: [{ name: 'side', $patch: 'delete' }] } }, ['agent']],
    ['adds an entry', { spec: { containers: [{ name: 'new' }] } }, ['agent', 'side', 'new']],
    [
      'leaves $setElementOrder out',
      { spec: { '$setElementOrder/containers': [{ name: 'agent' }], containers: [] } },
      ['agent', 'side'],
    ],
  ])('%s in a strategic patch', async (_title, template, names) => {
    const set = '/apis/apps/v1/namespaces/kube-system/daemonsets/agent?dryRun=All';
    const { body } = await api.patch(set, 'strategic', { spec: { template } });
    const { spec } = (body.spec as { template: { spec: { containers: { name: string }[] } } }).template;
    expect(spec.containers.map(({ name }) => name)).toEqual(names);
  });

  it('refuses server-side apply, and strategic patches of custom resources, saying so', async () => {
    const { path } = await fresh();
    expect(await api.patch(path, 'apply', {})).toMatchObject({
      status: 415,
      body: {
        reason: 'UnsupportedMediaType',
        message: expect.stringContaining('does not simulate server-side apply'),
      },
    });
    const crs = '/apis/network.alibabacloud.com/v1beta1/podnetworkings';
    await api.call(crs, { method: 'POST', body: { metadata: { name: 'pn' } } });
    expect((await api.patch(`${crs}/pn`, 'strategic', {})).status).toBe(415);
    expect((await api.patch(`${crs}/pn`, 'merge', { spec: { a: 1 } })).status).toBe(200);
  });

  it('moves no resourceVersion when nothing changes', async () => {
    const { path, body } = await fresh();
    expect(versionOf((await api.patch(path, 'merge', { data: { a: '1' } })).body)).toBe(versionOf(body));
  });

  it('refuses a resourceVersion that has passed', async () => {
    const { path, body } = await fresh();
    await api.patch(path, 'merge', { data: { a: 'x' } });
    const late = { metadata: { resourceVersion: versionOf(body) }, data: { a: 'y' } };
    expect((await api.patch(path, 'merge', late)).status).toBe(409);
  });
});

describe('dry run', () => {
  it('validates everything and stores nothing', async () => {
    const { path, body, name } = await fresh();
    expect((await api.patch(`${path}?dryRun=All`, 'merge', { data: { a: 'x' } })).body).toMatchObject({
      data: { a: 'x' },
    });
    expect((await api.patch(`${path}?dryRun=All`, 'merge', { data: { a: 1 } })).status).toBe(400);
    expect((await api.call(`${path}?dryRun=All`, { method: 'DELETE' })).status).toBe(200);
    expect((await api.call(path, { method: 'DELETE', body: { dryRun: ['All'] } })).status).toBe(200);
    expect(
      (await api.call(`${maps}?dryRun=All`, { method: 'POST', body: { metadata: { name: `${name}-x` } } }))
        .status,
    ).toBe(201);
    expect(await api.call(path)).toMatchObject({ status: 200, body });
    expect((await api.call(`${path}-x`)).status).toBe(404);
  });

  it('refuses any other value', async () => {
    const { path } = await fresh();
    expect((await api.patch(`${path}?dryRun=Some`, 'merge', {})).status).toBe(400);
  });

  it('stands in the write log as one', async () => {
    const { path } = await fresh();
    await api.patch(`${path}?dryRun=All`, 'merge', {});
    expect(api.simulator.writes.at(-1)).toMatchObject({
      verb: 'patch',
      path,
      dryRun: true,
      user: 'kubernetes-admin',
    });
  });
});

describe('delete', () => {
  it.each([
    ['uid', { uid: 'other' }],
    ['resourceVersion', { resourceVersion: '1' }],
  ])('refuses a wrong %s precondition', async (_title, preconditions) => {
    const { path } = await fresh();
    expect(await api.call(path, { method: 'DELETE', body: { preconditions } })).toMatchObject({
      status: 409,
      body: { reason: 'Conflict', message: expect.stringContaining('Precondition failed') },
    });
  });

  it('removes an object whose preconditions hold', async () => {
    const { path, body } = await fresh();
    const { uid, resourceVersion } = body.metadata as Record<string, string>;
    const reply = await api.call(path, {
      method: 'DELETE',
      body: { preconditions: { uid, resourceVersion } },
    });
    expect(reply).toMatchObject({
      status: 200,
      body: { status: 'Success', details: { uid, kind: 'configmaps' } },
    });
    expect((await api.call(path)).status).toBe(404);
  });

  it('marks a pod first; its kubelet ends it', async () => {
    await api.call(`${shop}/pods`, {
      method: 'POST',
      body: { metadata: { name: 'lone' }, spec: { containers: [{ name: 'a' }] } },
    });
    await eventually(async () =>
      expect((await api.call(`${shop}/pods/lone`)).body).toMatchObject({ status: { phase: 'Running' } }),
    );
    const { body } = await api.call(`${shop}/pods/lone`, { method: 'DELETE' });
    expect(body).toMatchObject({ metadata: { deletionTimestamp: expect.any(String) } });
    await eventually(async () => expect((await api.call(`${shop}/pods/lone`)).status).toBe(404));
  });

  it('keeps an object with finalizers until they are gone', async () => {
    const made = { metadata: { name: 'held', finalizers: ['acknet/test'] } };
    await api.call(maps, { method: 'POST', body: made });
    await api.call(`${maps}/held`, { method: 'DELETE' });
    expect((await api.call(`${maps}/held`)).body).toMatchObject({
      metadata: { deletionTimestamp: expect.any(String) },
    });
    await api.patch(`${maps}/held`, 'merge', { metadata: { finalizers: null } });
    expect((await api.call(`${maps}/held`)).status).toBe(404);
  });

  it('removes a collection by selector', async () => {
    for (const name of ['one', 'two', 'three'])
      await api.call(maps, { method: 'POST', body: { metadata: { name, labels: { many: name } } } });
    const { status } = await api.call(`${maps}?labelSelector=many+in+(one,two)`, { method: 'DELETE' });
    expect(status).toBe(200);
    const left = await Promise.all(
      ['one', 'two', 'three'].map(async (name) => (await api.call(`${maps}/${name}`)).status),
    );
    expect(left).toEqual([404, 404, 200]);
  });
});

describe("a pod's quality of service", () => {
  const pod = (name: string, resources: JsonObject) => ({
    method: 'POST',
    body: { metadata: { name }, spec: { containers: [{ name: 'main', image: 'r/x:1', resources }] } },
  });
  const bounds = { cpu: '1', memory: '1Gi' };

  it.each<[string, JsonObject, string]>([
    ['best-effort', {}, 'BestEffort'],
    ['burstable', { requests: { cpu: '1' } }, 'Burstable'],
    ['bound-requests', { requests: bounds, limits: bounds }, 'Guaranteed'],
    ['bound', { limits: bounds }, 'Guaranteed'],
    ['loose', { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '2', memory: '1Gi' } }, 'Burstable'],
  ])('%s is what its containers ask for', async (name, resources, expected) => {
    const { body } = await api.call(`${shop}/pods`, pod(name, resources));
    expect(body).toMatchObject({ status: { qosClass: expected } });
  });

  it('is refused where a status names another one, and stays where it names none', async () => {
    await api.call(`${shop}/pods`, pod('qos', {}));
    const path = `${shop}/pods/qos/status`;
    const patch = (status: JsonObject) => api.patch(path, 'merge', { status });
    expect(await patch({ qosClass: 'Burstable' })).toMatchObject({
      status: 422,
      body: {
        message: expect.stringContaining('status.qosClass: Invalid value: "Burstable": field is immutable'),
      },
    });
    expect(await patch({ phase: 'Running', qosClass: null })).toMatchObject({
      status: 200,
      body: { status: { phase: 'Running', qosClass: 'BestEffort' } },
    });
  });
});
