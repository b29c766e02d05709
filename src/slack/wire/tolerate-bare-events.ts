type Frame = string | ArrayBuffer;

/** What is used of socket-mode's client. */
export interface FrameEmitter {
  listeners(event: 'ws_message'): ((data: Frame, isBinary: boolean) => void)[];
  removeAllListeners(event: 'ws_message'): unknown;
  on(event: 'ws_message', listener: (data: Frame, isBinary: boolean) => void): unknown;
}

/**
 * On an `events_api` frame whose payload has no `event` (`app_rate_limited`), socket-mode 3.1.0 throws where nothing
 * can catch it, which ends the process. Such a payload gets an event named after it: Bolt then acknowledges it.
 * Source: notes on Slack, 0.11; fixed upstream in 3.1.1.
 */
export function tolerateBareEvents(client: FrameEmitter): void {
  const handlers = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  client.on('ws_message', (data, isBinary) => {
    const frame = isBinary ? data : withEvent(data);
    for (const handle of handlers) handle(frame, isBinary);
  });
}

interface Envelope {
  readonly type?: unknown;
  readonly payload?: { readonly type?: unknown; readonly event?: unknown } | null;
}

function withEvent(data: Frame): Frame {
  const envelope = parse(data);
  if (envelope?.type !== 'events_api' || typeof envelope.payload?.event === 'object') return data;
  const type = typeof envelope.payload?.type === 'string' ? envelope.payload.type : 'unknown';
  return JSON.stringify({ ...envelope, payload: { ...envelope.payload, event: { type } } });
}

function parse(data: Frame): Envelope | undefined {
  try {
    return JSON.parse(typeof data === 'string' ? data : new TextDecoder().decode(data)) as Envelope;
  } catch {
    return undefined;
  }
}
