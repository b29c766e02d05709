import { pickEntry } from '../../../intents/conversation/pick-entry.js';
import type { Intent } from '../../../intents/intent.js';
import { questionTexts as texts } from '../../../texts/questions.js';
import { decodeValue } from '../../kit/action-values.js';
import { noticeView, refusalView } from '../../kit/notices.js';
import type { ClickContext } from '../../listeners/on-click.js';
import { type Exchange, noTopic, type ThreadTopic } from '../exchange-store.js';
import { renderAnswer, renderMore } from '../render/render-answer.js';
import {
  type AnswerButtonPorts,
  clickedExchange,
  type HandleClick,
  isItsAnswer,
  outdated,
  refusalOf,
} from './clicked-exchange.js';

export const chooseEntry: HandleClick = async (ports, context) => {
  const value = decodeValue('entry', context.click.value);
  const exchange = await clickedExchange(ports, context, value?.x);
  if (value === undefined || exchange === undefined) return;
  await showAnswer(ports, context, { ...exchange, entry: value.e });
};

export const chooseTopic: HandleClick = async (ports, context) => {
  const exchange = await clickedExchange(ports, context, context.click.blockId.replace(/^topics:/, ''));
  if (exchange === undefined || context.click.value === undefined) return;
  await showAnswer(ports, context, { ...exchange, entry: context.click.value });
};

export const chooseCluster: HandleClick = async (ports, context) => {
  const { click } = context;
  const exchange = await clickedExchange(ports, context, click.blockId.replace(/^(?:answer|cluster):/, ''));
  if (exchange === undefined) return;
  const cluster = ports.clusters.names.find((name) => name === click.value);
  if (cluster === undefined) return context.reply(outdated);
  await showAnswer(ports, context, { ...exchange, cluster });
};

export const showMore: HandleClick = async (ports, context) => {
  const { click } = context;
  const value = decodeValue('entry', click.value);
  const exchange = await clickedExchange(ports, context, value?.x);
  const intent = value === undefined ? undefined : ports.catalogue.get(value.e);
  if (exchange === undefined) return;
  if (intent === undefined) return context.reply(outdated);
  const refusal = await refusalOf(ports, click, exchange.cluster);
  if (refusal !== undefined) return context.reply(refusalView(refusal));
  const posting = await renderMore(ports, intent, exchange.cluster);
  const place = { channel: exchange.channel, threadTs: exchange.threadTs };
  const key = `more:${exchange.id}:${intent.id}:${exchange.cluster ?? ''}`;
  await ports.poster.post(key, place, posting.first);
  await ports.poster.follow(key, place, posting);
};

/** Replaces the clicked message by the exchange's entry; where its card stands in the thread already, that is said instead. */
export async function showAnswer(
  ports: AnswerButtonPorts,
  { click, reply }: ClickContext,
  exchange: Exchange,
): Promise<void> {
  const refusal = await refusalOf(ports, click, exchange.cluster);
  if (refusal !== undefined) return reply(refusalView(refusal));
  const intent = exchange.entry === undefined ? undefined : ports.catalogue.get(exchange.entry);
  if (intent === undefined || click.at === undefined) return reply(outdated);
  if (!(await isItsAnswer(ports, exchange, click))) return reply(outdated);
  const topic = (await ports.exchanges.topic(exchange.channel, exchange.threadTs)) ?? noTopic;
  const stands = exchange.card !== intent.id && topic.shown.includes(intent.id);
  await talkAbout(ports, { exchange, intent, topic, stands });
  if (stands) return reply(noticeView(texts.standsAbove(intent.title)));
  const posting = await renderAnswer(ports, { exchange, intent });
  await ports.poster.update(click.at, posting.first);
  const place = { channel: exchange.channel, threadTs: exchange.threadTs };
  await ports.poster.follow(`answer:${exchange.id}:${intent.id}`, place, posting);
}

interface Picked {
  readonly exchange: Exchange;
  readonly intent: Intent;
  readonly topic: ThreadTopic;
  /** Whether its card stands in another message of the thread. */
  readonly stands: boolean;
}

/** From now on the thread is about the entry. A card that is replaced no longer stands there. */
async function talkAbout(
  { exchanges }: AnswerButtonPorts,
  { exchange, intent, topic, stands }: Picked,
): Promise<void> {
  const shown = stands ? topic.shown : topic.shown.filter((id) => id !== exchange.card);
  if (!stands) await exchanges.save({ ...exchange, card: intent.id });
  await exchanges.setTopic(exchange.channel, exchange.threadTs, {
    ...pickEntry({ ...topic, shown, others: exchange.candidates }, intent.id),
    cluster: exchange.cluster,
  });
}
