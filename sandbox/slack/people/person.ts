import type { Given } from '../state/element-state.js';
import type { Json } from '../json.js';

/** A person at a Slack client: can do what the client lets them do, and nothing else. */
export interface Person {
  readonly id: string;
  /** Resolves with the ts once the events are on their way. */
  say(message: Saying): Promise<{ ts: string }>;
  edit(message: { channel: string; ts: string; text: string }): Promise<void>;
  remove(message: { channel: string; ts: string }): Promise<void>;
  /** `text` is the whole line. Resolves on the ack, or when it is overdue. */
  command(command: { channel: string; text: string; threadTs?: string }): Promise<Outcome>;
  /** Throws TypeError where the person is not shown such an element. */
  click(click: Click): Promise<Outcome>;
  submit(submission: { viewId: string; values: Values }): Promise<Outcome>;
  closeView(view: { viewId: string }): Promise<void>;
  openDm(): Promise<{ channel: string }>;
  openHome(): Promise<void>;
  /** The type-ahead of an external select. */
  suggest(at: { channel: string; ts: string; actionId: string; value: string }): Promise<readonly Json[]>;
}

export interface Saying {
  readonly channel: string;
  /** As typed: `@acknet`, `#ops`, `<` are resolved and escaped on the way. */
  readonly text: string;
  readonly threadTs?: string | undefined;
  /** Also to the channel. */
  readonly broadcast?: boolean;
  readonly files?: readonly { readonly name: string; readonly content: string }[];
}

export type Click = (
  | { readonly channel: string; readonly ts: string; readonly viewId?: undefined }
  | { readonly viewId: string }
) & {
  readonly actionId: string;
  readonly blockId?: string | undefined;
  /** Which button, option or feedback; the text of an input. */
  readonly value?: string | undefined;
};

/** By block id, then action id. */
export type Values = Readonly<Record<string, Readonly<Record<string, Given>>>>;

export type Outcome =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly error:
        | 'operation_timeout'
        | 'dispatch_failed'
        | 'not_in_threads'
        | 'unknown_command'
        | 'app_not_connected'
        | 'invalid_ack'
        | 'validation';
      readonly errors?: Readonly<Record<string, string>>;
    };
