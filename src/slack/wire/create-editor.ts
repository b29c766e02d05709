import type { WebClient } from '@slack/web-api';
import type { Logger } from '../../ops/log.js';
import type { MessageRef } from '../../proposals/proposal.js';
import type { SlackMessage } from '../kit/message.js';
import { onWire } from '../kit/on-wire.js';

/** Progress edits: the newest state of each message, no oftener than Slack bears. */
export interface Editor {
  /** Shows `render()` soon; calls in between are merged. Never throws. */
  edit(at: MessageRef, render: () => SlackMessage): void;
  /** No edit of this message is sent any more once this resolves. */
  settle(at: MessageRef): Promise<void>;
  close(): void;
}

interface EditorOptions {
  /** A client that rejects at a rate limit: the next state comes anyway. */
  readonly client: WebClient;
  readonly logger: Logger;
  /** Between two edits of one message. */
  readonly everyMs: number;
  /** Between any two edits: the limit is shared by all messages of the workspace. */
  readonly globalEveryMs: number;
  readonly now: () => Date;
}

interface Pending {
  readonly at: MessageRef;
  render: (() => SlackMessage) | undefined;
  notBefore: number;
  sending: Promise<void> | undefined;
}

export function createEditor(options: EditorOptions): Editor {
  const messages = new Map<string, Pending>();
  let freeAt = 0;
  let timer: NodeJS.Timeout | undefined;
  const now = () => options.now().getTime();

  const schedule = () => {
    clearTimeout(timer);
    const due = [...messages.values()].filter(({ render, sending }) => render && !sending);
    if (due.length === 0) return;
    const next = Math.max(freeAt, Math.min(...due.map(({ notBefore }) => notBefore)));
    timer = setTimeout(
      () => {
        sendNext();
        schedule();
      },
      Math.max(0, next - now()),
    );
  };

  const sendNext = () => {
    const pending = [...messages.values()]
      .filter(({ render, sending, notBefore }) => render && !sending && notBefore <= now())
      .sort((a, b) => a.notBefore - b.notBefore)[0];
    if (pending?.render === undefined) return;
    const message = pending.render();
    pending.render = undefined;
    freeAt = now() + options.globalEveryMs;
    pending.notBefore = now() + options.everyMs;
    pending.sending = options.client.chat
      .update({ ...pending.at, ...onWire(message) })
      .then(
        () => undefined,
        (error: unknown) => options.logger.debug({ err: error }, 'progress edit dropped'),
      )
      .finally(() => {
        pending.sending = undefined;
        schedule();
      });
  };

  return {
    edit(at, render) {
      const key = `${at.channel}/${at.ts}`;
      const pending = messages.get(key) ?? { at, render, notBefore: 0, sending: undefined };
      pending.render = render;
      messages.set(key, pending);
      schedule();
    },
    async settle(at) {
      const key = `${at.channel}/${at.ts}`;
      const pending = messages.get(key);
      if (pending === undefined) return;
      pending.render = undefined;
      messages.delete(key);
      await pending.sending;
    },
    close() {
      clearTimeout(timer);
      messages.clear();
    },
  };
}
