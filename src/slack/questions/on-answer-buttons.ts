import type { App } from '@slack/bolt';
import type { Authorisation } from '../../approvals/authorise.js';
import { actionIds, anyOf } from '../kit/action-ids.js';
import { decodeValue } from '../kit/action-values.js';
import { noticeView, refusalView } from '../kit/notices.js';
import { type ClickContext, onClick } from '../listeners/on-click.js';
import type { SlackServices } from '../slack-services.js';
import type { Exchange } from './exchange-store.js';
import { remaining, renderAnswer, renderMore, renderTorn, tellableEntries } from './render-answer.js';
import { exhaustedView } from './views/candidates.js';

/** The buttons under an answer, and those that choose between entries. */
export function onAnswerButtons(app: App, services: SlackServices): void {
  const on = { app, services };
  onClick(on, anyOf(actionIds.chooseEntry), chooseEntry);
  onClick(on, actionIds.chooseTopic, chooseTopic);
  onClick(on, actionIds.answerMore, showMore);
  onClick(on, actionIds.answerNotIt, notIt);
  onClick(on, actionIds.answerCluster, chooseCluster);
  onClick(on, actionIds.answerCheck, checkForEntry);
  onClick(on, actionIds.tellApart, tellApart);
  onClick(on, actionIds.answerFeedback, giveFeedback);
}

type Refusal = Extract<Authorisation, { ok: false }>;

const outdated = noticeView('That answer is too old for its buttons. Please ask again.');

/** The exchange a value names; the clicker is told when it is gone. */
async function exchangeOf(context: ClickContext, id: string | undefined): Promise<Exchange | undefined> {
  const exchange = id === undefined ? undefined : await context.services.exchanges.get(id);
  if (exchange === undefined) await context.reply(outdated);
  return exchange;
}

async function chooseEntry(context: ClickContext): Promise<void> {
  const value = decodeValue('entry', context.click.value);
  const exchange = await exchangeOf(context, value?.x);
  if (value === undefined || exchange === undefined) return;
  await showAnswer(context, { ...exchange, entry: value.e });
}

async function chooseTopic(context: ClickContext): Promise<void> {
  const exchange = await exchangeOf(context, context.click.blockId.replace(/^topics:/, ''));
  if (exchange === undefined || context.click.value === undefined) return;
  await showAnswer(context, { ...exchange, entry: context.click.value });
}

/** Replaces the clicked message by the exchange's entry. */
async function showAnswer({ services, click, reply }: ClickContext, exchange: Exchange): Promise<void> {
  const refusal = await refusalOf({ services, click }, exchange.cluster);
  if (refusal !== undefined) return reply(refusalView(refusal));
  const intent = exchange.entry === undefined ? undefined : services.catalog.get(exchange.entry);
  if (intent === undefined || click.at === undefined) return reply(outdated);
  const posting = await renderAnswer(services, { exchange, intent });
  await services.exchanges.save(exchange);
  await services.exchanges.setTopic(exchange.channel, exchange.threadTs, {
    entry: intent.id,
    ...(exchange.cluster !== undefined && { cluster: exchange.cluster }),
  });
  await services.poster.update(click.at, posting.first);
  const place = { channel: exchange.channel, threadTs: exchange.threadTs };
  await services.poster.follow(`answer:${exchange.id}:${intent.id}`, place, posting);
}

/** An answer is filled in from the cluster it is about, which acknet reads on behalf of who clicks. */
async function refusalOf(
  { services, click }: Pick<ClickContext, 'services' | 'click'>,
  cluster: string | undefined,
): Promise<Refusal | undefined> {
  const may = cluster === undefined ? undefined : await services.approvals.maySee(click.who, cluster);
  return may === undefined || may.ok ? undefined : may;
}

async function showMore(context: ClickContext): Promise<void> {
  const { services, click } = context;
  const value = decodeValue('entry', click.value);
  const exchange = await exchangeOf(context, value?.x);
  const intent = value === undefined ? undefined : services.catalog.get(value.e);
  if (exchange === undefined) return;
  if (intent === undefined) return context.reply(outdated);
  const refusal = await refusalOf(context, exchange.cluster);
  if (refusal !== undefined) return context.reply(refusalView(refusal));
  const posting = await renderMore(services, intent, exchange.cluster);
  const place = { channel: exchange.channel, threadTs: exchange.threadTs };
  const key = `more:${exchange.id}:${intent.id}:${exchange.cluster ?? ''}`;
  await services.poster.post(key, place, posting.first);
  await services.poster.follow(key, place, posting);
}

/** The next candidates, and a note for the maintainers. */
async function notIt(context: ClickContext): Promise<void> {
  const { services, click } = context;
  const value = decodeValue('entry', click.value);
  const exchange = await exchangeOf(context, value?.x);
  if (value === undefined || exchange === undefined || click.at === undefined) return;
  const turnedDown = value.e === 'none' ? remaining(exchange).slice(0, 4) : [value.e];
  const { entry: _shown, ...rest } = exchange;
  const next: Exchange = { ...rest, refused: [...exchange.refused, ...turnedDown] };
  await services.exchanges.save(next);
  await services.records.record({
    exchange: exchange.id,
    kind: 'not-it',
    question: exchange.text,
    user: click.who.user,
    at: services.now().toISOString(),
    ...(value.e !== 'none' && { entry: value.e }),
    ...scoreOf(exchange, value.e),
  });
  const message = remaining(next).length === 0 ? exhaustedView() : renderTorn(services, next);
  await services.poster.update(click.at, message);
}

async function chooseCluster(context: ClickContext): Promise<void> {
  const { services, click } = context;
  const exchange = await exchangeOf(context, click.blockId.replace(/^answer:/, ''));
  if (exchange === undefined) return;
  const cluster = services.clusters.names.find((name) => name === click.value);
  if (cluster === undefined) return context.reply(outdated);
  await showAnswer(context, { ...exchange, cluster });
}

async function checkForEntry(context: ClickContext): Promise<void> {
  const { services, click } = context;
  const value = decodeValue('entry', click.value);
  const exchange = await exchangeOf(context, value?.x);
  const intent = value === undefined ? undefined : services.catalog.get(value.e);
  const cluster = exchange?.cluster ?? value?.c;
  if (exchange === undefined) return;
  if (intent === undefined || cluster === undefined) return context.reply(outdated);
  const checks = services.catalog.checksOf(intent).map(({ id }) => id);
  await startCheck(context, exchange, { cluster, checks });
}

async function tellApart(context: ClickContext): Promise<void> {
  const { services, click } = context;
  const value = decodeValue('cluster', click.value);
  const exchange = await exchangeOf(context, value?.x ?? click.blockId.replace(/^tell:/, ''));
  const cluster = services.clusters.names.find((name) => name === (value?.c ?? click.value));
  if (exchange === undefined) return;
  if (cluster === undefined) return context.reply(outdated);
  const entries = tellableEntries(services, exchange);
  const checks = entries.flatMap((intent) => services.catalog.checksOf(intent)).map(({ id }) => id);
  await startCheck(context, exchange, {
    cluster,
    checks: [...new Set(checks)],
    entries: entries.map(({ id }) => id),
  });
}

interface CheckRequest {
  readonly cluster: string;
  readonly checks: string[];
  readonly entries?: string[];
}

async function startCheck(context: ClickContext, exchange: Exchange, request: CheckRequest): Promise<void> {
  const { services, click, reply } = context;
  const may = await services.approvals.may('ask', click.who, request.cluster);
  if (!may.ok) return reply(refusalView(may));
  const { joined } = await services.queues.check({
    ...request,
    scope: { namespaces: [] },
    requestedBy: click.who,
    channel: exchange.channel,
    threadTs: exchange.threadTs,
  });
  if (joined) await reply(noticeView(`A check of ${request.cluster} is already under way; yours joins it.`));
}

async function giveFeedback(context: ClickContext): Promise<void> {
  const { services, click, reply } = context;
  const value = decodeValue('feedback', click.value);
  const exchange = await exchangeOf(context, value?.x);
  if (value === undefined || exchange === undefined) return;
  await services.records.record({
    exchange: exchange.id,
    kind: value.good ? 'helpful' : 'not-helpful',
    question: exchange.text,
    entry: value.e,
    user: click.who.user,
    at: services.now().toISOString(),
    ...scoreOf(exchange, value.e),
  });
  await reply(
    noticeView(
      value.good ? 'Thank you, noted.' : 'Noted. The maintainers see what was asked and what I answered.',
    ),
  );
}

const scoreOf = ({ candidates }: Exchange, entry: string): { score?: number } => {
  const found = candidates.find(({ id }) => id === entry);
  return found === undefined ? {} : { score: found.score };
};
