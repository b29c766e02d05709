import { createHash } from 'node:crypto';
import { createInboundServer } from '../../src/intake/create-inbound-server.js';
import { ALERTS_TOKEN, type Sandbox } from './start-sandbox.js';

export interface SentAlert {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly status?: 'firing' | 'resolved';
  readonly startsAt?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** An alert as Alertmanager writes it. */
export function webhookAlert({ name, labels = {}, status = 'firing', ...rest }: SentAlert) {
  const all = { alertname: name, ...labels };
  return {
    status,
    labels: all,
    annotations: rest.annotations ?? {},
    startsAt: rest.startsAt ?? '2026-11-24T03:00:00Z',
    endsAt: status === 'firing' ? '0001-01-01T00:00:00Z' : '2026-11-24T03:12:00Z',
    generatorURL: 'http://prometheus/graph',
    fingerprint: createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 16),
  };
}

export const webhookBody = (alerts: readonly SentAlert[], group = 'g1') => ({
  version: '4',
  groupKey: group,
  truncatedAlerts: 0,
  status: alerts.some(({ status }) => status !== 'resolved') ? 'firing' : 'resolved',
  receiver: 'acknet',
  groupLabels: {},
  commonLabels: {},
  commonAnnotations: {},
  externalURL: 'http://alertmanager',
  alerts: alerts.map(webhookAlert),
});

/** The inbound port of each app of a sandbox, and somebody who sends to them. */
export async function openIntake({ apps }: Pick<Sandbox, 'apps'>) {
  const servers = apps.map(({ inbound }) => createInboundServer(inbound));
  const urls = await Promise.all(servers.map((server) => server.listen({ port: 0, host: '127.0.0.1' })));
  const post = (
    body: unknown,
    { replica = 0, token = ALERTS_TOKEN }: { replica?: number; token?: string } = {},
  ) =>
    fetch(`${urls[replica]}/alerts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', connection: 'close' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return {
    urls,
    post,
    send: (alerts: readonly SentAlert[], group?: string) => post(webhookBody(alerts, group)),
    close: () => Promise.all(servers.map((server) => server.close())),
  };
}
