import { afterEach, describe, expect, it } from '@jest/globals';
import { eventually, namesOf, type OpenApi, openApi } from './open-api.js';
import { smallScenario } from './small-scenario.js';

let api: OpenApi;
afterEach(() => api.close());

const web = '/api/v1/namespaces/shop/services/web';
const dual = () =>
  smallScenario({
    ipStack: 'dual',
    vSwitches: [{ id: 'vsw-a', zone: 'z', cidr: '10.0.0.0/24', ipv6: '2408::/64' }],
    pools: [
      { name: 'np', count: 2, zone: 'z', nodeName: 'node-{n}', terway: { vSwitch: 'vsw-a', ipv6: true } },
    ],
  });

describe('a Service', () => {
  it('gets one address on a cluster with one family', async () => {
    api = await openApi();
    const { body } = await api.patch(web, 'merge', { spec: { ipFamilyPolicy: 'PreferDualStack' } });
    expect(body).toMatchObject({ spec: { ipFamilies: ['IPv4'], clusterIPs: [expect.any(String)] } });
    expect(await api.patch(web, 'merge', { spec: { ipFamilyPolicy: 'RequireDualStack' } })).toMatchObject({
      status: 422,
      body: { message: expect.stringContaining('not configured for dual-stack') },
    });
  });

  it('gets a second address, and a second EndpointSlice, when it becomes dual-stack', async () => {
    api = await openApi(dual());
    const slices = '/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices';
    await eventually(async () => expect(namesOf(await api.call(slices))).toEqual(['web-ipv4']));
    const before = (await api.call(web)).body.spec as { clusterIP: string };
    const { body } = await api.patch(web, 'merge', { spec: { ipFamilyPolicy: 'PreferDualStack' } });
    expect(body).toMatchObject({ spec: { ipFamilies: ['IPv4', 'IPv6'], clusterIP: before.clusterIP } });
    await eventually(async () => {
      const { items } = (await api.call(slices)).body as {
        items: { addressType: string; endpoints: unknown[] }[];
      };
      expect(items.map(({ addressType, endpoints }) => [addressType, endpoints.length])).toEqual([
        ['IPv4', 3],
        ['IPv6', 3],
      ]);
    });
    await api.patch(web, 'merge', { spec: { ipFamilyPolicy: 'SingleStack' } });
    await eventually(async () => expect(namesOf(await api.call(slices))).toEqual(['web-ipv4']));
  });

  it('keeps its address', async () => {
    api = await openApi();
    expect((await api.patch(web, 'merge', { spec: { clusterIP: '192.168.0.9' } })).status).toBe(422);
    expect((await api.patch(web, 'merge', { spec: { ipFamilyPolicy: 'Maybe' } })).status).toBe(422);
  });
});
