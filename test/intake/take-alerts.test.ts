import { afterEach, describe, expect, it } from '@jest/globals';
import { AcknetError } from '../../src/errors.js';
import { createInboundServer } from '../../src/intake/create-inbound-server.js';
import type { Notification } from '../../src/jobs/alerts/alert.js';
import { createMetrics } from '../../src/ops/metrics.js';
import { webhookAlert, webhookBody } from '../support/alert-sender.js';
import { quietLogger } from '../support/quiet-logger.js';

const open: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(open.splice(0).map((server) => server.close())));

const token = 'a-bearer-token-for-tests';
interface Stand {
  readonly perMinute?: number;
  readonly queue?: (notification: Notification) => Promise<void>;
}

async function stand({ perMinute = 100, queue = async () => undefined }: Stand = {}) {
  const queued: Notification[] = [];
  const clock = { at: Date.parse('2026-11-24T03:00:00Z') };
  const metrics = createMetrics();
  const server = createInboundServer({
    alerts: {
      ...{ token, perMinute, metrics, logger: quietLogger(), now: () => new Date(clock.at) },
      queues: {
        alerts: async (notification) => {
          await queue(notification);
          queued.push(notification);
        },
      },
    },
  });
  open.push(server);
  const post = async (payload: unknown, headers: Record<string, string> = {}) => {
    const response = await server.inject({
      method: 'POST',
      url: '/alerts',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    });
    return { status: response.statusCode, headers: response.headers, body: response.body };
  };
  return { post, queued, clock, metrics, server };
}

const fires = webhookBody([{ name: 'KubeProxyDown', labels: { cluster: 'cluster-x' } }]);

describe('POST /alerts', () => {
  it('queues what Alertmanager tells', async () => {
    const { post, queued } = await stand();
    expect((await post(fires)).status).toBe(200);
    expect(queued).toMatchObject([
      {
        group: 'g1',
        left: 0,
        alerts: [{ name: 'KubeProxyDown', firing: true, labels: { cluster: 'cluster-x' } }],
      },
    ]);
  });

  it('queues what ARMS tells in that format, which has no version and no group key', async () => {
    const { post, queued } = await stand();
    const labels = { alertname: 'KubeProxyDown', clustername: 'x', _aliyun_arms_involvedObject_id: 'c1' };
    const alert = {
      ...webhookAlert({ name: 'KubeProxyDown' }),
      labels,
      annotations: { message: 'it is down' },
    };
    const body = { status: 'firing', receiver: 'r', groupLabels: { a: 'b' }, alerts: [alert] };
    expect((await post(body)).status).toBe(200);
    expect(queued[0]).toMatchObject({
      group: '["r",{"a":"b"}]',
      alerts: [{ summary: 'it is down', labels }],
    });
  });

  it.each([
    ['as it stands', '$alertmanager_content'],
    ['as JSON', '"$alertmanager_content"'],
  ])('answers the literal test of the ARMS console, %s, and queues nothing', async (_title, body) => {
    const { post, queued } = await stand();
    expect((await post(body)).status).toBe(200);
    expect(queued).toEqual([]);
  });

  it.each([
    ['no token', { authorization: '' }],
    ['another token', { authorization: 'Bearer another-token-altogether' }],
    ['a token that begins alike', { authorization: `Bearer ${token}x` }],
    ['another scheme', { authorization: `Basic ${token}` }],
  ])('refuses %s, and reads nothing', async (_title, headers) => {
    const { post, queued, metrics } = await stand();
    expect((await post(fires, headers)).status).toBe(401);
    expect(queued).toEqual([]);
    expect(await metrics.registry.metrics()).toContain('acknet_alerts_total{outcome="refused"} 1');
  });

  it.each([
    ['no JSON', '{'],
    ['a list', []],
    ['no alerts', { ...fires, alerts: [] }],
    ['another version', { ...fires, version: '3' }],
    ['an alert without fingerprint', { ...fires, alerts: [{ ...fires.alerts[0], fingerprint: '' }] }],
    ['an alert that began at no time', { ...fires, alerts: [{ ...fires.alerts[0], startsAt: 'soon' }] }],
    ['a label that is no text', { ...fires, alerts: [{ ...fires.alerts[0], labels: { a: 1 } }] }],
  ])('refuses %s for good', async (_title, body) => {
    const { post, queued } = await stand();
    expect((await post(body)).status).toBe(400);
    expect(queued).toEqual([]);
  });

  it('refuses a body that is too large', async () => {
    const { post } = await stand();
    expect((await post('x'.repeat(1_000_001))).status).toBe(413);
  });

  it('takes no more than so many a minute, and says when to try again', async () => {
    const { post, clock } = await stand({ perMinute: 2 });
    const statuses = [await post(fires), await post(fires), await post(fires)].map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 429]);
    expect((await post(fires)).headers['retry-after']).toBe('30');
    clock.at += 30_000;
    expect((await post(fires)).status).toBe(200);
  });

  it.each([
    ['refuses', () => Promise.reject(new AcknetError('redis.unavailable', 'no'))],
    ['does not answer', () => new Promise<void>(() => {})],
  ])('has the sender try again while Redis %s', async (_title, queue) => {
    const { post } = await stand({ queue });
    const { status, headers } = await post(fires);
    expect(status).toBe(503);
    expect(headers['retry-after']).toBe('10');
  });

  it('cuts what is too long, and counts alerts that are too many', async () => {
    const { post, queued } = await stand();
    const [alert] = fires.alerts;
    await post({
      ...fires,
      truncatedAlerts: 7,
      alerts: Array.from({ length: 510 }, () => ({ ...alert, labels: { alertname: 'x'.repeat(900) } })),
    });
    expect(queued[0]?.alerts).toHaveLength(500);
    expect(queued[0]?.left).toBe(17);
    expect(queued[0]?.alerts[0]?.name).toHaveLength(500);
  });
});

it('is not there where alerts are off', async () => {
  const server = createInboundServer({});
  open.push(server);
  expect((await server.inject({ method: 'POST', url: '/alerts' })).statusCode).toBe(404);
});
