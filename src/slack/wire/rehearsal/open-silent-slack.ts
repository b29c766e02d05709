import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface SilentSlack {
  readonly apiUrl: string;
  close(): void;
}

const body = JSON.stringify({ ok: true, channel: 'nowhere', ts: '1.1' });

/**
 * A Slack for rehearsals, on this machine alone: takes every message and shows it to nobody. By real HTTP, since what
 * calls Slack is to have run as it will.
 */
export async function openSilentSlack(): Promise<SilentSlack> {
  const server = createServer((request, response) => {
    request.resume().once('end', () => response.setHeader('content-type', 'application/json').end(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
