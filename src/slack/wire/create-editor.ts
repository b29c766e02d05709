import type { RedisClient } from '../../ops/connect-redis.js';
import type { Logger } from '../../ops/log.js';
import type { MessageRef } from '../../proposals/proposal.js';
import type { SlackMessage } from '../kit/message.js';
import { createEditFence } from './posts/edit-fence.js';
import type { EditPace } from './posts/edit-pace.js';
import type { SendFolded } from './posts/send-folded.js';
import type { EditClient } from './text-client.js';

/** Progress edits: the newest state of each message, no oftener than the pace that all processes share. */
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
  readonly pace: EditPace;
}

interface Pending {
  readonly at: MessageRef;
  /** Absent = nothing waits to be shown. */
  render: (() => SlackMessage) | undefined;
  showing: Promise<void> | undefined;
  readonly over: AbortController;
}

export function createEditor(options: EditorOptions): Editor {
  const messages = new Map<string, Pending>();
  const { client, sendFolded, logger, pace } = options;
  const fence = createEditFence(options);
  const keyOf = (at: MessageRef): string => `${at.channel}/${at.ts}`;

  const send = (at: MessageRef, message: SlackMessage): Promise<void> =>
    fence.unlessSettled(at, async () => {
      await sendFolded(message, (wire) => client.chat.update({ ...at, ...wire }));
    });

  const dropped = (error: unknown): void => logger.debug({ err: error }, 'progress edit dropped');

  /** One edit at a time a message; what is rendered is the state at its turn. */
  const show = async (pending: Pending): Promise<void> => {
    while (pending.render !== undefined) {
      await pace.turn(pending.at, pending.over.signal);
      const message = pending.render?.();
      pending.render = undefined;
      if (message !== undefined) await send(pending.at, message).catch(dropped);
    }
  };

  const start = (pending: Pending): void => {
    pending.showing ??= show(pending)
      .catch((error: unknown) => {
        pending.render = undefined;
        dropped(error);
      })
      .finally(() => {
        pending.showing = undefined;
        if (pending.render !== undefined) start(pending);
      });
  };

  const drop = (at: MessageRef): Promise<void> | undefined => {
    const pending = messages.get(keyOf(at));
    messages.delete(keyOf(at));
    if (pending === undefined) return undefined;
    pending.render = undefined;
    pending.over.abort();
    return pending.showing;
  };

  return {
    edit(at, render) {
      const key = keyOf(at);
      const fresh = { at, render, showing: undefined, over: new AbortController() };
      const pending = messages.get(key) ?? fresh;
      pending.render = render;
      messages.set(key, pending);
      start(pending);
    },
    drop(at) {
      void drop(at);
    },
    async settle(at) {
      const showing = drop(at);
      await fence.settle(at);
      await showing;
    },
    close() {
      for (const { at } of [...messages.values()]) void drop(at);
    },
  };
}
