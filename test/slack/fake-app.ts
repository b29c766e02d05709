import type { App } from '@slack/bolt';

interface ClickOn {
  readonly actionId: string;
  readonly value: string;
  readonly blockId?: string;
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string;
}

interface Submitted {
  readonly callbackId: string;
  readonly metadata: string;
  readonly values: Readonly<Record<string, Readonly<Record<string, { readonly value: string }>>>>;
}

type Handler = (given: object) => Promise<unknown>;

/** Bolt's registry alone: what was registered can be clicked and told of, without a workspace. */
export function fakeApp() {
  const actions: { readonly pattern: string | RegExp; readonly handler: Handler }[] = [];
  const events = new Map<string, Handler>();
  const views = new Map<string, Handler>();
  const app = {
    action: (pattern: string | RegExp, handler: Handler) => void actions.push({ pattern, handler }),
    view: ({ callback_id }: { callback_id: string }, handler: Handler) =>
      void views.set(callback_id, handler),
    event: (name: string, handler: Handler) => void events.set(name, handler),
  } as unknown as App;
  const handlerOf = (actionId: string): Handler => {
    const found = actions.find(({ pattern }) =>
      typeof pattern === 'string' ? pattern === actionId : pattern.test(actionId),
    );
    if (found === undefined) throw new Error(`nothing listens to ${actionId}`);
    return found.handler;
  };
  return {
    app,
    /** The action ids that something listens to; a pattern stands for those it begins with. */
    listened: () => actions.map(({ pattern }) => pattern),
    click: async ({ actionId, value, blockId = '', channel, ts, threadTs }: ClickOn) => {
      const body = {
        ...{ user: { id: 'U0ANA', team_id: 'T0ACK' }, channel: { id: channel }, trigger_id: 't' },
        container: { message_ts: ts, thread_ts: threadTs },
        actions: [{ action_id: actionId, block_id: blockId, value }],
      };
      await handlerOf(actionId)({ ack: async () => undefined, body, respond: async () => undefined });
    },
    /** Answers as Slack gets it; undefined = the form is closed. */
    submit: async ({ callbackId, metadata, values }: Submitted) => {
      const acked: unknown[] = [];
      const body = {
        user: { id: 'U0ANA', team_id: 'T0ACK' },
        view: { id: 'V1', private_metadata: metadata, state: { values } },
      };
      await views.get(callbackId)?.({ ack: async (answer: unknown) => void acked.push(answer), body });
      return acked;
    },
    tell: async (event: { readonly type: string }) => events.get(event.type)?.({ event }),
  };
}
