import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { SocketModeReceiver } from '@slack/bolt';
import { type FrameEmitter, tolerateBareEvents } from '../../../src/slack/wire/tolerate-bare-events.js';

function deliver(frame: string): string[] {
  const client = new EventEmitter();
  const seen: string[] = [];
  client.on('ws_message', (data: string) => seen.push(data));
  tolerateBareEvents(client as unknown as FrameEmitter);
  client.emit('ws_message', frame, false);
  return seen;
}

describe('a frame from Slack', () => {
  it('is given an event named after its payload where it has none', () => {
    const [frame = ''] = deliver(
      '{"type":"events_api","envelope_id":"1","payload":{"type":"app_rate_limited"}}',
    );
    expect(JSON.parse(frame)).toEqual({
      type: 'events_api',
      envelope_id: '1',
      payload: { type: 'app_rate_limited', event: { type: 'app_rate_limited' } },
    });
  });

  it.each([
    ['has an event', '{"type":"events_api","payload":{"event":{"type":"message"}}}'],
    ['is no event', '{"type":"hello"}'],
    ['is no JSON', '<html>'],
  ])('passes as it is when it %s', (_title, frame) => {
    expect(deliver(frame)).toEqual([frame]);
  });

  it('reaches the real client through the handler it listens with', () => {
    const { client } = new SocketModeReceiver({ appToken: 'xapp-1' });
    expect(client.listeners('ws_message')).toHaveLength(1);
  });
});
