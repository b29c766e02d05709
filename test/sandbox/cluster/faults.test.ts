import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type OpenApi, openApi } from './open-api.js';

let api: OpenApi;
beforeEach(async () => {
  api = await openApi();
});
afterEach(() => api.close());

const map = '/api/v1/namespaces/kube-system/configmaps/agent-config';
const write = () => api.patch(map, 'merge', { data: { written: 'yes' } });
const isWritten = async () => 'written' in ((await api.call(map)).body.data as object);

describe('a fault', () => {
  it.each([
    ['is answered instead of the write', { kind: 'status', status: 500 }, 500, false],
    ['is answered after the write was committed', { kind: 'status', status: 503, after: true }, 503, true],
  ] as const)('%s', async (_title, effect, status, written) => {
    api.simulator.faults.add({ method: 'PATCH', effect });
    expect(await write()).toMatchObject({ status, body: { kind: 'Status', code: status } });
    expect(await isWritten()).toBe(written);
  });

  it.each([
    ['before the write', { kind: 'cut' }, false],
    ['after the write was committed', { kind: 'cut', after: true }, true],
  ] as const)('cuts the connection %s', async (_title, effect, written) => {
    api.simulator.faults.add({ method: 'PATCH', effect });
    await expect(write()).rejects.toThrow();
    expect(await isWritten()).toBe(written);
  });

  it('never answers when it hangs', async () => {
    api.simulator.faults.add({ path: /nodes/, effect: { kind: 'hang' } });
    const settled = Promise.race([
      api.call('/api/v1/nodes').catch(() => 'cut'),
      api.call(map).then(() => 'other'),
    ]);
    expect(await settled).toBe('other');
  });

  it('delays', async () => {
    api.simulator.faults.add({ path: /nodes/, effect: { kind: 'delay', ms: 50 } });
    const order: string[] = [];
    const late = api.call('/api/v1/nodes').then(() => order.push('nodes'));
    await api.call(map).then(() => order.push('map'));
    await late;
    expect(order).toEqual(['map', 'nodes']);
  });

  it('strikes as often as told, after as many as told, by path and method', async () => {
    api.simulator.faults.add({
      path: /configmaps/,
      method: 'GET',
      skip: 1,
      times: 2,
      effect: { kind: 'status', status: 500 },
    });
    const statuses: number[] = [];
    for (const path of ['/api/v1/nodes', map, map, map, map]) statuses.push((await api.call(path)).status);
    expect(statuses).toEqual([200, 200, 500, 500, 200]);
    api.simulator.faults.add({ times: 5, effect: { kind: 'status', status: 500 } });
    api.simulator.faults.clear();
    expect((await api.call(map)).status).toBe(200);
  });
});
