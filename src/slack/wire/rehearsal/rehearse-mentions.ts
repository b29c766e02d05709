import type { App } from '@slack/bolt';
import pLimit from 'p-limit';
import { untilAborted } from '../../../ops/until-aborted.js';
import { type BoltOptions, createBoltApp } from '../create-bolt-app.js';

interface Rehearsal {
  readonly connection: Pick<BoltOptions, 'apiUrl' | 'logger'>;
  readonly listen: (app: App) => void;
  /** What is said. */
  readonly texts: readonly string[];
  readonly newId: () => string;
  readonly signal: AbortSignal;
}

/** Mentions under way at a time. */
const AT_ONCE = 8;
const self = { botUserId: 'U0REHEARSAL', botId: 'B0REHEARSAL' };

/**
 * Takes mentions as they come over the socket, each as its two events, with nobody at the socket's other end: what reads
 * them has run before the first one of a person. Ends once all are taken, or the signal aborts.
 */
export async function rehearseMentions(rehearsal: Rehearsal): Promise<void> {
  const { connection, listen, texts, newId, signal } = rehearsal;
  const { app, frames } = createBoltApp({
    ...connection,
    botToken: 'none',
    appToken: 'none',
    self,
    onDroppedFrame: () => undefined,
  });
  if (frames === undefined) return;
  frames.send = async () => undefined;
  const taken = new Map<string, () => void>();
  app.use(({ body, next }) => next().finally(() => taken.get((body as Partial<Payload>).event_id ?? '')?.()));
  listen(app);
  await app.init();

  const take = (payload: Payload): Promise<void> => {
    const envelope = { type: 'events_api', envelope_id: newId(), accepts_response_payload: false, payload };
    const end = new Promise<void>((resolve) => taken.set(payload.event_id, resolve));
    frames.emit('ws_message', JSON.stringify(envelope), false);
    return end;
  };
  const limit = pLimit(AT_ONCE);
  const all = texts.map((text) =>
    limit(async () => {
      if (!signal.aborted) await Promise.all(eventsOf(text, newId).map(take));
    }),
  );
  await Promise.race([Promise.all(all), untilAborted(signal)]);
}

type Payload = ReturnType<typeof eventsOf>[number];

/** A mention in a channel is told twice. */
function eventsOf(text: string, newId: () => string) {
  const ts = newId();
  const said = {
    user: 'U0NOBODY',
    text: `<@${self.botUserId}> ${text}`,
    ts,
    event_ts: ts,
    channel: 'C0NOWHERE',
  };
  return (['app_mention', 'message'] as const).map((type) => ({
    type: 'event_callback',
    team_id: 'T0NOWHERE',
    api_app_id: 'A0REHEARSAL',
    event_id: newId(),
    event_time: 0,
    event: { type, ...said, ...(type === 'message' ? { channel_type: 'channel' } : {}) },
  }));
}
