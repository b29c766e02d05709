import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { waitFor } from './wait-for.js';

const program = (process.env.PATH ?? '')
  .split(':')
  .flatMap((folder) => ['prometheus-alertmanager', 'alertmanager'].map((name) => path.join(folder, name)))
  .find((file) => existsSync(file));

/** A machine without Alertmanager leaves its tests out; the gate may not. */
export const needsAlertmanager = program !== undefined || process.env.ACKNET_REQUIRE_ALERTMANAGER === '1';

interface Fired {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly startsAt: Date;
  /** Absent = it fires. */
  readonly endsAt?: Date;
}

/** A real Alertmanager on loopback, with intervals of tests, that tells its alerts to `url`. */
export async function startAlertmanager({ url, token }: { readonly url: string; readonly token: string }) {
  const folder = await mkdtemp(path.join(tmpdir(), 'acknet-alertmanager-'));
  const config = path.join(folder, 'alertmanager.yml');
  const webhook = {
    url,
    send_resolved: true,
    http_config: { authorization: { type: 'Bearer', credentials: token } },
  };
  const times = { group_wait: '100ms', group_interval: '400ms', repeat_interval: '1s' };
  const route = { receiver: 'acknet', group_by: ['alertname'], ...times };
  await writeFile(
    config,
    JSON.stringify({ route, receivers: [{ name: 'acknet', webhook_configs: [webhook] }] }),
  );
  const port = await freePort();
  const server = spawn(
    program ?? 'prometheus-alertmanager',
    [
      ...[`--config.file=${config}`, `--storage.path=${folder}`, '--log.level=error'],
      ...[`--web.listen-address=127.0.0.1:${port}`, '--cluster.listen-address='],
    ],
    { stdio: 'ignore' },
  );
  const api = `http://127.0.0.1:${port}`;
  const closed = new Promise<void>((resolve) => {
    server.once('exit', () => resolve());
    server.once('error', () => resolve());
  });
  await waitFor(
    'Alertmanager is ready',
    async () => (await fetch(`${api}/-/ready`).catch(() => undefined))?.ok,
  );
  return {
    tell: async (alerts: readonly Fired[]): Promise<void> => {
      const response = await fetch(`${api}/api/v2/alerts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', connection: 'close' },
        body: JSON.stringify(alerts),
      });
      if (!response.ok) throw new Error(`Alertmanager: ${response.status} ${await response.text()}`);
    },
    close: async (): Promise<void> => {
      server.kill();
      await closed;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
