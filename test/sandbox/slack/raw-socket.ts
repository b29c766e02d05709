import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { SlackSimulator } from '../../../sandbox/slack/slack-simulator.js';

export interface RawSocket {
  readonly url: string;
  /** What the server sent, in order. */
  readonly frames: Record<string, unknown>[];
}

/** A Socket Mode connection that acknowledges nothing; resolves with its first frame. */
export async function connectRaw(slack: SlackSimulator, url?: string): Promise<RawSocket> {
  const address = url ?? (await openConnection(slack));
  const socket = new WebSocket(address);
  const frames: Record<string, unknown>[] = [];
  socket.on('message', (data) => frames.push(JSON.parse(String(data)) as Record<string, unknown>));
  await once(socket, 'message');
  return { url: address, frames };
}

async function openConnection(slack: SlackSimulator): Promise<string> {
  const response = await fetch(`${slack.apiUrl}apps.connections.open`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.appToken}` },
  });
  const { url } = (await response.json()) as { url: string };
  return url;
}
