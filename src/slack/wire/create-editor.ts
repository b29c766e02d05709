import type { RedisClient } from '../../ops/connect-redis.js';
import type { Logger } from '../../ops/log.js';
import type { MessageRef } from '../../proposals/proposal.js';
import type { SlackMessage } from '../kit/message.js';
import { createEditFence } from './posts/edit-fence.js';
import type { SendFolded } from './posts/send-folded.js';
import type { EditClient } from './text-client.js';

/** Progress edits: the newest state of each message, no oftener than Slack bears. */
export interface Editor {
  /** Shows `render()` soon; calls in between are merged. Never throws. */
  edit(at: MessageRef, render: () => SlackMessage): void;
  /** What waits to be shown is dropped: another process goes on with this message. */
  drop(at: MessageRef): void;
  /** No edit of this message is sent any more once this resolves, by this process or by any other. */
  settle(at: MessageRef): Promise<void>;
  close(): void;
}

interface EditorOptions {
  /** A client that rejects at a rate limit: the next state comes anyway. */
  readonly client: EditClient;
  readonly sendFolded: SendFolded;
  /** Tells all processes what has settled: one that was held up may come round long after the result. */
  readonly redis: RedisClient;
  readonly prefix: string;
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
  const { client, sendFolded, logger } = options;
  const fence = createEditFence(options);
  const keyOf = (at: MessageRef): string => `${at.channel}/${at.ts}`;

  const send = (at: MessageRef, message: SlackMessage): Promise<void> =>
    fence.unlessSettled(at, async () => {
      await sendFolded(message, (wire) => client.chat.update({ ...at, ...wire }));
    });

  const drop = (at: MessageRef): Promise<void> | undefined => {
    const pending = messages.get(keyOf(at));
    if (pending !== undefined) pending.render = undefined;
    messages.delete(keyOf(at));
    return pending?.sending;
  };

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
    pending.sending = send(pending.at, message)
      .catch((error: unknown) => logger.debug({ err: error }, 'progress edit dropped'))
      .finally(() => {
        pending.sending = undefined;
        schedule();
      });
  };

  return {
    edit(at, render) {
      const key = keyOf(at);
      const pending = messages.get(key) ?? { at, render, notBefore: 0, sending: undefined };
      pending.render = render;
      messages.set(key, pending);
      schedule();
    },
    drop(at) {
      void drop(at);
    },
    async settle(at) {
      const sending = drop(at);
      await fence.settle(at);
      await sending;
    },
    close() {
      clearTimeout(timer);
      messages.clear();
    },
  };
}
