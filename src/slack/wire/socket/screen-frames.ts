import { z } from 'zod';
import { isShallow } from './is-shallow.js';

type Frame = string | ArrayBuffer;
type Handler = (data: Frame, isBinary: boolean) => unknown;

/** What is used of socket-mode's client. */
export interface FrameEmitter {
  listeners(event: 'ws_message'): Handler[];
  removeAllListeners(event: 'ws_message'): unknown;
  on(event: 'ws_message', listener: (data: Frame, isBinary: boolean) => void): unknown;
  emit(event: 'ws_message', data: Frame, isBinary: boolean): unknown;
  /** Acknowledges an envelope. */
  send(envelope: string): Promise<void>;
}

interface Screening {
  /** Told of each frame that Slack would not send. */
  readonly onDropped: (why: DroppedFrame) => void;
  /** Whether an event leads to nothing, whatever its other fields say. */
  readonly isForNobody: (event: unknown) => boolean;
}

export type DroppedFrame = 'too long' | 'too deep' | 'no JSON' | 'unknown' | 'unread';

/** Slack's own frames stay far below; a message it carries has 40,000 characters at most. */
const LONGEST = 2_000_000;
/** A message of nested rich text has about twenty levels. */
const DEEPEST = 100;

/** Names the client speaks to itself by: an event called so would be taken for one of its own. */
const clientEvents = new Set([
  ...['authenticated', 'close', 'connected', 'connecting', 'disconnected', 'disconnecting', 'error'],
  ...['outgoing_message', 'reconnecting', 'slack_event', 'ws_message'],
]);

const passingSchema = z.object({ type: z.enum(['hello', 'disconnect']) });
const envelopeSchema = z.object({
  type: z.enum(['interactive', 'slash_commands']),
  envelope_id: z.string(),
  payload: z.looseObject({}),
});
const eventSchema = z.looseObject({
  type: z.literal('events_api'),
  envelope_id: z.string(),
  payload: z.looseObject({
    type: z.string(),
    event: z.looseObject({ type: z.string().refine((name) => !clientEvents.has(name)) }).optional(),
  }),
});

/**
 * Lets through only what Slack sends: on anything else, e.g. `null` or an event that is none, socket-mode 3.1 and Bolt
 * throw where nothing can catch it, which ends the process. An `events_api` payload without an event
 * (`app_rate_limited`) gets one named after it, so that Bolt acknowledges it. What is for nobody is acknowledged here: Slack
 * sends each of acknet's own messages back, with all its blocks, and Bolt would read it again to find nobody who listens.
 */
export function screenFrames(client: FrameEmitter, { onDropped, isForNobody }: Screening): void {
  const handlers = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  client.on('ws_message', (data, isBinary) => {
    const screened = screen(data, isForNobody);
    if ('dropped' in screened) return onDropped(screened.dropped);
    // One that is not taken is sent again.
    if ('ignored' in screened) return void client.send(screened.ignored).catch(() => undefined);
    for (const handle of handlers)
      Promise.resolve()
        .then(() => handle(screened.frame, isBinary))
        .catch(() => onDropped('unread'));
  });
}

type Screened =
  | { readonly frame: string }
  | { readonly dropped: DroppedFrame }
  /** The envelope to be acknowledged. */
  | { readonly ignored: string };

function screen(data: Frame, isForNobody: Screening['isForNobody']): Screened {
  const text = typeof data === 'string' ? data : new TextDecoder().decode(data);
  if (text.length > LONGEST) return { dropped: 'too long' };
  if (!isShallow(text, DEEPEST)) return { dropped: 'too deep' };
  const sent = parse(text);
  if (sent === undefined) return { dropped: 'no JSON' };
  const event = eventSchema.safeParse(sent);
  if (!event.success) {
    const passes = passingSchema.safeParse(sent).success || envelopeSchema.safeParse(sent).success;
    return passes ? { frame: text } : { dropped: 'unknown' };
  }
  const { payload, envelope_id: envelope } = event.data;
  if (payload.event !== undefined)
    return isForNobody(payload.event) ? { ignored: envelope } : { frame: text };
  if (clientEvents.has(payload.type)) return { dropped: 'unknown' };
  return { frame: JSON.stringify({ ...event.data, payload: { ...payload, event: { type: payload.type } } }) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
