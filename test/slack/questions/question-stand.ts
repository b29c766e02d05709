import { checks as catalogue } from '../../../src/checks/index.js';
import type { LoadedKnowledge } from '../../../src/cli/load-knowledge.js';
import type { CheckRequest } from '../../../src/slack/checks/request-check.js';
import type { SlackMessage } from '../../../src/slack/kit/message.js';
import { onAnswerButtons } from '../../../src/slack/questions/buttons/on-answer-buttons.js';
import { createQuestionResponder } from '../../../src/slack/questions/create-question-responder.js';
import { type Exchange, exchangeId, type ThreadTopic } from '../../../src/slack/questions/exchange-store.js';
import { createIntentCatalogue } from '../../../src/slack/questions/intent-catalogue.js';
import { plainText } from '../../support/read-message.js';
import { fakeApp } from '../fake-app.js';

const channel = 'C0OPS';
const threadTs = '1.1';

/** One thread with the real knowledge base, and what stands in it; nothing of it needs Redis or Slack. */
export function openQuestionStand(
  knowledge: LoadedKnowledge,
  plugin?: 'terway' | 'flannel',
  names: readonly string[] = ['cluster-x', 'cluster-y'],
) {
  const exchanges = new Map<string, Exchange>();
  const messages = new Map<string, SlackMessage>();
  const posted = new Map<string, { channel: string; ts: string }>();
  const checks: CheckRequest[] = [];
  const whispers: SlackMessage[] = [];
  let topic: ThreadTopic | undefined;
  let said = 1;
  const { app, click } = fakeApp();
  const ports = {
    ...{ takeTurn: knowledge.takeTurn, passageKinds: knowledge.passageKinds },
    catalogue: createIntentCatalogue({
      ...{ intents: knowledge.intents, checks: catalogue },
      likeliest: (text) => knowledge.matcher.explain(text).entries,
    }),
    ...{ clusters: { names }, isConnected: () => false },
    config: { channels: { [channel]: { cluster: 'cluster-x' } } },
    lookUp: async () => undefined,
    facts: async (name: string) => ({ facts: { name, ageSeconds: 0, versions: {}, plugin } }),
    approvals: {
      maySee: async () => ({ ok: true }),
      allows: async () => ({ ok: true }),
      may: async () => ({ ok: true }),
    },
    exchanges: {
      get: async (id: string) => exchanges.get(id),
      find: async ({ channel, ts }: { channel: string; ts: string }) => ({
        exchange: exchanges.get(exchangeId(channel, ts)),
        topic,
      }),
      begin: async (exchange: Exchange, next: ThreadTopic) => {
        exchanges.set(exchange.id, exchange);
        topic = next;
      },
      save: async (exchange: Exchange) => void exchanges.set(exchange.id, exchange),
      topic: async () => topic,
      setTopic: async (_channel: string, _ts: string, next: ThreadTopic) => {
        topic = next;
      },
    },
    queues: {
      check: async (request: CheckRequest) => {
        checks.push(request);
        return { joined: false };
      },
    },
    records: { record: async () => undefined },
    metrics: { questions: { inc: () => undefined } },
    poster: {
      find: async (key: string) => posted.get(key),
      post: async (key: string, _at: object, message: SlackMessage) => {
        const at = { channel, ts: `${messages.size + 1}.9` };
        messages.set(at.ts, message);
        posted.set(key, at);
        return at;
      },
      follow: async () => undefined,
      update: async ({ ts }: { ts: string }, message: SlackMessage) => void messages.set(ts, message),
      whisper: async (_at: object, message: SlackMessage) => void whispers.push(message),
    },
    now: () => new Date('2026-11-29T03:00:00Z'),
  } as never;
  onAnswerButtons(app, ports);
  const responder = createQuestionResponder(ports);
  return {
    exchanges,
    checks,
    whispers,
    /** What stands in the thread. */
    texts: () => [...messages.values()].map(plainText),
    /** Says something and gives the message that answers it. */
    ask: async (text: string) => {
      said += 1;
      const asker = { user: 'U0ANA', team: 'T0ACK' };
      await responder.answer({ channel, ts: `${said}.2`, threadTs, text, asker, surface: 'mention' });
      const ts = [...messages.keys()].at(-1) ?? '';
      return { exchange: `${channel}-${said}.2`, ts, message: messages.get(ts) };
    },
    press: (
      at: { readonly ts: string; readonly blockId?: string },
      actionId: string,
      value: object | string,
    ) =>
      click({
        ...{ ...at, actionId, channel, threadTs },
        value: typeof value === 'string' ? value : JSON.stringify(value),
      }),
  };
}
