import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { type OpenApi, openApi } from './open-api.js';
import { smallScenario } from './small-scenario.js';

let api: OpenApi;
beforeAll(async () => {
  api = await openApi(smallScenario({ workloads: [], services: [], events: [], objects: [] }));
});
afterAll(() => api.close());

const maps = '/api/v1/namespaces/shop/configmaps';
const version = async (): Promise<string> =>
  ((await api.call(maps)).body.metadata as { resourceVersion: string }).resourceVersion;
const create = (name: string, labels: JsonObject = {}) =>
  api.call(maps, { method: 'POST', body: { metadata: { name, labels } } });
const told = (events: readonly JsonObject[]) =>
  events.map(({ type, object }) => `${type} ${((object as JsonObject).metadata as JsonObject)?.name}`);

describe('a watch', () => {
  it('begins with what is there', async () => {
    const events = await api.watch('/api/v1/nodes?watch=true', (seen) => seen.length === 2);
    expect(told(events)).toEqual(['ADDED node-1', 'ADDED node-2']);
  });

  it('goes on from a resourceVersion and tells every change in order', async () => {
    const since = await version();
    await create('a');
    const events = api.watch(`${maps}?watch=1&resourceVersion=${since}`, (seen) => seen.length === 3);
    await api.patch(`${maps}/a`, 'merge', { data: { x: 'y' } });
    await api.call(`${maps}/a`, { method: 'DELETE' });
    expect(told(await events)).toEqual(['ADDED a', 'MODIFIED a', 'DELETED a']);
  });

  it('tells that an object enters and leaves its selection', async () => {
    const since = await version();
    await create('b');
    await api.patch(`${maps}/b`, 'merge', { metadata: { labels: { in: 'yes' } } });
    await api.patch(`${maps}/b`, 'merge', { metadata: { labels: { in: 'no' } } });
    const path = `${maps}?watch=1&labelSelector=in%3Dyes&resourceVersion=${since}`;
    expect(told(await api.watch(path, (seen) => seen.length === 2))).toEqual(['ADDED b', 'DELETED b']);
  });

  it('sends tables where they are asked for', async () => {
    const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io';
    const reply = await api.call('/api/v1/nodes?watch=1&timeoutSeconds=1', { accept });
    const first = JSON.parse(reply.text.split('\n')[0] ?? '') as { object: JsonObject };
    expect(first.object).toMatchObject({
      kind: 'Table',
      rows: [{ cells: expect.arrayContaining(['node-1']) }],
    });
  });

  it('answers one ERROR event where the version is forgotten', async () => {
    const kind = api.simulator.kind('ConfigMap');
    for (let index = 0; index < 5100; index += 1) {
      api.simulator.store.create(kind, { metadata: { namespace: 'shop', name: 'churn' } });
      api.simulator.store.remove(kind, 'shop', 'churn');
    }
    const [event] = await api.watch(`${maps}?watch=1&resourceVersion=1`, (seen) => seen.length === 1);
    expect(event).toMatchObject({ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } });
  });

  it('refuses what needs a newer server', async () => {
    expect((await api.call(`${maps}?watch=1&sendInitialEvents=true`)).status).toBe(422);
  });
});
