import type { HomeView, ModalView } from '@slack/types';
import type { Masked } from '../../masking/masked.js';
import type { WireFile, WireMessage } from '../kit/on-wire.js';

interface NewMessage extends WireMessage {
  readonly channel: string;
  readonly thread_ts?: string;
}

interface Marked {
  readonly metadata: {
    readonly event_type: string;
    readonly event_payload: { readonly key: string };
  };
  readonly unfurl_links: false;
  readonly unfurl_media: false;
}

/** A message replaced, never a new one. */
export interface EditClient {
  readonly chat: { update(edit: WireMessage & { channel: string; ts: string }): Promise<unknown> };
}

/** Every way in which acknet sends a text to Slack. A `WebClient` is one; seen as this, it takes no text that is not masked. */
export interface TextClient extends EditClient {
  readonly chat: EditClient['chat'] & {
    postMessage(message: NewMessage & Marked): Promise<{ channel?: string; ts?: string }>;
    postEphemeral(message: NewMessage & { readonly user: string }): Promise<unknown>;
  };
  filesUploadV2(
    file: WireFile & ({ channel_id: string } | { channel_id: string; thread_ts: string }),
  ): Promise<unknown>;
}

export interface ModalClient {
  readonly views: {
    open(opened: { trigger_id: string; view: Masked<ModalView> }): Promise<unknown>;
    update(shown: { view_id: string; view: Masked<ModalView> }): Promise<unknown>;
  };
}

export interface HomeClient {
  readonly views: { publish(shown: { user_id: string; view: Masked<HomeView> }): Promise<unknown> };
}

export interface PromptClient {
  apiCall(
    method: 'assistant.threads.setSuggestedPrompts',
    asked: { channel_id: string; prompts: Masked<readonly { title: string; message: string }[]> },
  ): Promise<unknown>;
}

/** Slack's answer to the click or command of one person. */
export type MaskedRespond = (
  message: WireMessage & { readonly response_type: 'ephemeral'; readonly replace_original: false },
) => Promise<unknown>;
