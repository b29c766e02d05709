import type { Wire } from '../state/world.js';

/** What goes to the app over a socket; `envelope_id` and the retry fields are added on each sending. */
export interface Envelope {
  readonly type: 'events_api' | 'slash_commands' | 'interactive';
  readonly accepts_response_payload: boolean;
  readonly payload: Wire;
}

export type Ack =
  | { readonly acked: true; readonly payload: unknown }
  | { readonly acked: false; readonly error: 'operation_timeout' | 'app_not_connected' | 'dispatch_failed' };
