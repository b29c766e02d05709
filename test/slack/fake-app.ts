import type { App } from '@slack/bolt';

interface ClickOn {
  readonly actionId: string;
  readonly value: string;
  readonly blockId?: string;
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string;
}

type Handler = (given: object) => Promise<unknown>;

/** Bolt's registry alone: what was registered can be clicked and told of, without a workspace. */
export function fakeApp() {
  const actions: { readonly pattern: string | RegExp; readonly handler: Handler }[] = [];
  const events = new Map<string, Handler>();
  const app = {
    action: (pattern: string | RegExp, handler: Handler) => void actions.push({ pattern, handler }),
    view: () => undefined,
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
    tell: async (event: { readonly type: string }) => events.get(event.type)?.({ event }),
  };
}
