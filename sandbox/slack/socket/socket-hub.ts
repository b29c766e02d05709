import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { RawData, WebSocket } from 'ws';
import { isJson, str } from '../json.js';
import { createSignal } from '../signal.js';
import type { Ack, Envelope } from './envelope.js';

export type DisconnectReason = 'warning' | 'refresh_requested' | 'too_many_websockets' | 'link_disabled';

/** The open Socket Mode connections of the app, and the acknowledgements awaited on them. */
export interface SocketHub {
  accept(socket: WebSocket): void;
  /** Sends to one of the open sockets and waits for its ack. */
  send(envelope: Envelope, options: { deadlineMs: number; retry?: number }): Promise<Ack>;
  /** False when none has opened in time. */
  ready(timeoutMs: number): Promise<boolean>;
  size(): number;
  drop(): void;
  disconnect(reason: DisconnectReason): void;
  /** Closes every connection as a server that goes away does, and cuts those that do not answer. */
  close(): Promise<void>;
}

const mostSockets = 10;
const closeMs = 1000;

interface HubOptions {
  readonly appId: string;
  readonly nextId: () => string;
  /** Told of each acknowledgement that came in time. */
  readonly onAck?: ((tookMs: number) => void) | undefined;
}

export function createSocketHub(options: HubOptions): SocketHub {
  /** In the order of their turn. */
  const sockets: WebSocket[] = [];
  /** Those still closing included. */
  const all = new Set<WebSocket>();
  const awaited = new Map<string, Waiting>();
  const arrivals = createSignal();
  const host = 'applink-simulated';

  const tellDisconnect = (socket: WebSocket, reason: DisconnectReason) => {
    socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host } }));
  };
  const forget = (socket: WebSocket) => {
    const index = sockets.indexOf(socket);
    if (index >= 0) sockets.splice(index, 1);
    for (const waiting of [...awaited.values()]) if (waiting.socket === socket) waiting.lost();
  };

  return {
    accept: (socket) => {
      socket.on('error', () => undefined);
      all.add(socket);
      socket.on('close', () => {
        all.delete(socket);
        forget(socket);
      });
      if (sockets.length >= mostSockets) {
        tellDisconnect(socket, 'too_many_websockets');
        socket.close();
        return;
      }
      sockets.push(socket);
      socket.on('message', (data) => settle(data, awaited));
      socket.send(JSON.stringify(hello(sockets.length, options.appId, host)));
      arrivals.fire();
    },
    send: (envelope, { deadlineMs, retry }) => {
      const socket = sockets.shift();
      if (socket === undefined) return Promise.resolve({ acked: false, error: 'app_not_connected' });
      sockets.push(socket);
      const id = options.nextId();
      const frame =
        envelope.type === 'events_api'
          ? { ...envelope, retry_attempt: retry ?? 0, retry_reason: retry ? 'timeout' : '' }
          : envelope;
      const ack = awaitAck({ awaited, socket, id, deadlineMs, onAck: options.onAck });
      socket.send(JSON.stringify({ ...frame, envelope_id: id }));
      return ack;
    },
    ready: async (timeoutMs) => {
      if (sockets.length > 0) return true;
      const late = wait(timeoutMs, false, { ref: false });
      return Promise.race([arrivals.next().then(() => true), late]);
    },
    size: () => sockets.length,
    drop: () => {
      for (const socket of [...sockets]) {
        forget(socket);
        socket.terminate();
      }
    },
    disconnect: (reason) => {
      for (const socket of [...sockets]) {
        tellDisconnect(socket, reason);
        forget(socket);
        socket.close(1000);
      }
    },
    close: async () => {
      const closing = [...all].map((socket) => {
        socket.close(1001);
        return once(socket, 'close', { signal: AbortSignal.timeout(closeMs) }).catch(() =>
          socket.terminate(),
        );
      });
      await Promise.all(closing);
    },
  };
}

const hello = (connections: number, appId: string, host: string) => ({
  type: 'hello',
  num_connections: connections,
  debug_info: { host, build_number: 1, approximate_connection_time: 18060 },
  connection_info: { app_id: appId },
});

interface Waiting {
  readonly socket: WebSocket;
  answer(payload: unknown): void;
  lost(): void;
}

interface AckWait {
  readonly awaited: Map<string, Waiting>;
  readonly socket: WebSocket;
  readonly id: string;
  readonly deadlineMs: number;
  readonly onAck: HubOptions['onAck'];
}

function awaitAck({ awaited, socket, id, deadlineMs, onAck }: AckWait): Promise<Ack> {
  return new Promise((resolve) => {
    const sentAt = performance.now();
    const end = (ack: Ack) => {
      clearTimeout(timer);
      awaited.delete(id);
      resolve(ack);
    };
    const timer = setTimeout(() => end({ acked: false, error: 'operation_timeout' }), deadlineMs);
    awaited.set(id, {
      socket,
      answer: (payload) => {
        onAck?.(performance.now() - sentAt);
        end({ acked: true, payload });
      },
      lost: () => end({ acked: false, error: 'dispatch_failed' }),
    });
  });
}

/** Frames that are no acks, and acks that come too late, are ignored as Slack ignores them. */
function settle(data: RawData, awaited: ReadonlyMap<string, Waiting>): void {
  let frame: unknown;
  try {
    frame = JSON.parse(data.toString());
  } catch {
    return;
  }
  if (isJson(frame)) awaited.get(str(frame.envelope_id) ?? '')?.answer(frame.payload);
}
