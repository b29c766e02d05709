import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { SocketModeReceiver } from '@slack/bolt';
import { type FrameEmitter, screenFrames } from '../../../../src/slack/wire/socket/screen-frames.js';

async function deliver(frame: string, handle?: () => Promise<void>) {
  const client = new EventEmitter();
  const seen: string[] = [];
  const dropped: string[] = [];
  client.on('ws_message', async (data: string) => {
    await handle?.();
    seen.push(data);
  });
  const acked: string[] = [];
  const send = async (envelope: string) => {
    acked.push(envelope);
    if (envelope === 'lost') throw new Error('no active connection');
  };
  screenFrames(Object.assign(client, { send }) as unknown as FrameEmitter, {
    onDropped: (why) => dropped.push(why),
    isForNobody: (event) => JSON.stringify(event).includes('"bot_id"'),
  });
  client.emit('ws_message', frame, false);
  await new Promise(setImmediate);
  return { seen, dropped, acked };
}

const said = (envelope: string, event: object) =>
  JSON.stringify({
    type: 'events_api',
    envelope_id: envelope,
    payload: { type: 'event_callback', event: { type: 'message', ...event } },
  });

const deep = (depth: number) =>
  `{"type":"interactive","envelope_id":"1","payload":{"a":${'['.repeat(depth)}${']'.repeat(depth)}}}`;

describe('a frame from Slack', () => {
  it('is given an event named after its payload where it has none', async () => {
    const { seen } = await deliver(
      '{"type":"events_api","envelope_id":"1","payload":{"type":"app_rate_limited"}}',
    );
    expect(JSON.parse(seen[0] ?? '')).toEqual({
      type: 'events_api',
      envelope_id: '1',
      payload: { type: 'app_rate_limited', event: { type: 'app_rate_limited' } },
    });
  });

  it.each([
    [
      'has an event',
      '{"type":"events_api","envelope_id":"1","payload":{"type":"event_callback","event":{"type":"message"}}}',
    ],
    ['says hello', '{"type":"hello"}'],
    ['says good-bye', '{"type":"disconnect","reason":"refresh_requested"}'],
    ['is a click', '{"type":"interactive","envelope_id":"1","payload":{"type":"block_actions"}}'],
    ['is a command', '{"type":"slash_commands","envelope_id":"1","payload":{"command":"/acknet"}}'],
    ['nests as a message may', deep(50)],
    ['quotes brackets', `{"type":"interactive","envelope_id":"1","payload":{"a":"${'[{\\"'.repeat(500)}"}}`],
  ])('passes as it is when it %s', async (_title, frame) => {
    expect(await deliver(frame)).toEqual({ seen: [frame], dropped: [], acked: [] });
  });

  it.each(['e1', 'lost'])('that is for nobody is acknowledged and goes no further (%s)', async (envelope) => {
    const frame = said(envelope, { bot_id: 'B1' });
    expect(await deliver(frame)).toEqual({ seen: [], dropped: [], acked: [envelope] });
  });

  it.each([
    ['null', 'null', 'unknown'],
    ['a number', '7', 'unknown'],
    ['a list', '[]', 'unknown'],
    ['no JSON', '<html>', 'no JSON'],
    ['of no type Slack has', '{"type":"ws_message","envelope_id":"1","payload":{}}', 'unknown'],
    [
      'an event that is null',
      '{"type":"events_api","envelope_id":"1","payload":{"type":"event_callback","event":null}}',
      'unknown',
    ],
    [
      'an event that is a text',
      '{"type":"events_api","envelope_id":"1","payload":{"type":"event_callback","event":"x"}}',
      'unknown',
    ],
    [
      'an event without a type',
      '{"type":"events_api","envelope_id":"1","payload":{"type":"event_callback","event":{}}}',
      'unknown',
    ],
    [
      'an event named as one of the client',
      '{"type":"events_api","envelope_id":"1","payload":{"type":"event_callback","event":{"type":"close"}}}',
      'unknown',
    ],
    [
      'a bare event named so',
      '{"type":"events_api","envelope_id":"1","payload":{"type":"error"}}',
      'unknown',
    ],
    ['an event whose payload is null', '{"type":"events_api","envelope_id":"1","payload":null}', 'unknown'],
    ['a click whose payload is null', '{"type":"interactive","envelope_id":"1","payload":null}', 'unknown'],
    ['a command without an envelope', '{"type":"slash_commands","payload":{}}', 'unknown'],
    ['deep', deep(100_000), 'too deep'],
    ['endless', `{"type":"interactive","payload":"${'x'.repeat(2_000_001)}"}`, 'too long'],
  ])('that is %s is dropped, and said so', async (_title, frame, why) => {
    expect(await deliver(frame)).toEqual({ seen: [], dropped: [why], acked: [] });
  });

  it('that its reader chokes on ends nothing', async () => {
    const choke = async () => {
      throw new RangeError('Maximum call stack size exceeded');
    };
    expect(await deliver('{"type":"hello"}', choke)).toEqual({
      ...{ seen: [], dropped: ['unread'], acked: [] },
    });
  });

  it('reaches the real client through the handler it listens with', () => {
    const { client } = new SocketModeReceiver({ appToken: 'xapp-1' });
    expect(client.listeners('ws_message')).toHaveLength(1);
  });
});
