import type { App } from '@slack/bolt';
import type { Authorisation } from '../../approvals/authorise.js';
import type { Approvals } from '../../approvals/create-approvals.js';
import { wholeCluster } from '../../engine/checking/run-scope.js';
import { newThread } from '../../intents/conversation/conversation.js';
import { pickEntry } from '../../intents/conversation/pick-entry.js';
import { type CheckRequest, type RequestCheckPorts, requestCheck } from '../checks/request-check.js';
import { actionIds, anyOf } from '../kit/action-ids.js';
import { decodeValue } from '../kit/action-values.js';
import { noticeView, refusalView } from '../kit/notices.js';
import type { EphemeralPorts } from '../listeners/ephemeral-reply.js';
import { type ClickContext, onClick } from '../listeners/on-click.js';
import type { Click } from '../listeners/read-click.js';
import type { Poster } from '../wire/create-poster.js';
import type { Exchange, ExchangeStore } from './exchange-store.js';
import type { QuestionRecords } from './records/question-records.js';
import {
  type Rendering,
  remaining,
  renderAnswer,
  renderMore,
  renderTorn,
  tellableEntries,
} from './render/render-answer.js';
import { exhaustedView } from './views/candidates.js';

interface AnswerButtonPorts extends Rendering, RequestCheckPorts, EphemeralPorts {
  readonly approvals: Pick<Approvals, 'may' | 'maySee'>;
  readonly exchanges: Pick<ExchangeStore, 'get' | 'save' | 'topic' | 'setTopic'>;
  readonly records: Pick<QuestionRecords, 'record'>;
  readonly poster: Pick<Poster, 'post' | 'follow' | 'update' | 'whisper'>;
  readonly now: () => Date;
}

/** The buttons under an answer, and those that choose between entries. */
export function onAnswerButtons(app: App, ports: AnswerButtonPorts): void {
  const on = (action: string | RegExp, handle: typeof showMore) =>
    onClick({ app, ports }, action, (context) => handle(ports, context));
  on(anyOf(actionIds.chooseEntry), chooseEntry);
  on(actionIds.chooseTopic, chooseTopic);
  on(actionIds.answerMore, showMore);
  on(actionIds.answerNotIt, notIt);
  on(actionIds.answerCluster, chooseCluster);
  on(actionIds.answerCheck, checkForEntry);
  on(actionIds.tellApart, tellApart);
  on(actionIds.answerFeedback, giveFeedback);
}

type Refusal = Extract<Authorisation, { ok: false }>;

const outdated = noticeView('That answer is too old for its buttons. Please ask again.');

/** The exchange a value names; the clicker is told when it is gone. */
async function exchangeOf(
  ports: AnswerButtonPorts,
  context: ClickContext,
  id: string | undefined,
): Promise<Exchange | undefined> {
  const exchange = id === undefined ? undefined : await ports.exchanges.get(id);
  if (exchange === undefined) await context.reply(outdated);
  return exchange;
}

/** Whatever a click says, only the answer of its own exchange is edited; just posted, that is not noted down yet. */
const isItsAnswer = (
  { channel, threadTs, answerTs }: Exchange,
  { at, threadTs: clickedIn }: Click,
): boolean =>
  at?.channel === channel && clickedIn === threadTs && (answerTs === undefined || at.ts === answerTs);

async function chooseEntry(ports: AnswerButtonPorts, context: ClickContext): Promise<void> {
  const value = decodeValue('entry', context.click.value);
  const exchange = await exchangeOf(ports, context, value?.x);
  if (value === undefined || exchange === undefined) return;
  await showAnswer(ports, context, { ...exchange, entry: value.e });
}

async function chooseTopic(ports: AnswerButtonPorts, context: ClickContext): Promise<void> {
  const exchange = await exchangeOf(ports, context, context.click.blockId.replace(/^topics:/, ''));
  if (exchange === undefined || context.click.value === undefined) return;
  await showAnswer(ports, context, { ...exchange, entry: context.click.value });
}

/** Replaces the clicked message by the exchange's entry. */
async function showAnswer(
  ports: AnswerButtonPorts,
  { click, reply }: ClickContext,
  exchange: Exchange,
): Promise<void> {
  const refusal = await refusalOf(ports, click, exchange.cluster);
  if (refusal !== undefined) return reply(refusalView(refusal));
  const intent = exchange.entry === undefined ? undefined : ports.catalog.get(exchange.entry);
  if (intent === undefined || click.at === undefined || !isItsAnswer(exchange, click)) return reply(outdated);
  const posting = await renderAnswer(ports, { exchange, intent });
  await ports.exchanges.save(exchange);
  const topic = (await ports.exchanges.topic(exchange.channel, exchange.threadTs)) ?? newThread;
  await ports.exchanges.setTopic(exchange.channel, exchange.threadTs, {
    ...pickEntry({ ...topic, others: exchange.candidates }, intent.id),
    cluster: exchange.cluster,
  });
  await ports.poster.update(click.at, posting.first);
  const place = { channel: exchange.channel, threadTs: exchange.threadTs };
  await ports.poster.follow(`answer:${exchange.id}:${intent.id}`, place, posting);
}

/** An answer is filled in from the cluster it is about, which acknet reads on behalf of who clicks. */
async function refusalOf(
  { approvals }: AnswerButtonPorts,
  { who }: Click,
  cluster: string | undefined,
): Promise<Refusal | undefined> {
  const may = cluster === undefined ? undefined : await approvals.maySee(who, cluster);
  return may === undefined || may.ok ? undefined : may;
}

async function showMore(ports: AnswerButtonPorts, context: ClickContext): Promise<void> {
  const { click } = context;
  const value = decodeValue('entry', click.value);
  const exchange = await exchangeOf(ports, context, value?.x);
  const intent = value === undefined ? undefined : ports.catalog.get(value.e);
  if (exchange === undefined) return;
  if (intent === undefined) return context.reply(outdated);
  const refusal = await refusalOf(ports, click, exchange.cluster);
  if (refusal !== undefined) return context.reply(refusalView(refusal));
  const posting = await renderMore(ports, intent, exchange.cluster);
  const place = { channel: exchange.channel, threadTs: exchange.threadTs };
  const key = `more:${exchange.id}:${intent.id}:${exchange.cluster ?? ''}`;
  await ports.poster.post(key, place, posting.first);
  await ports.poster.follow(key, place, posting);
}

/** The next candidates, and a note for the maintainers. */
async function notIt(ports: AnswerButtonPorts, context: ClickContext): Promise<void> {
  const { click } = context;
  const value = decodeValue('entry', click.value);
  const exchange = await exchangeOf(ports, context, value?.x);
  if (value === undefined || exchange === undefined || click.at === undefined) return;
  if (!isItsAnswer(exchange, click)) return context.reply(outdated);
  const turnedDown = value.e === 'none' ? remaining(exchange).slice(0, 4) : [value.e];
  const { entry: _shown, ...rest } = exchange;
  const next: Exchange = { ...rest, refused: [...exchange.refused, ...turnedDown] };
  await ports.exchanges.save(next);
  await ports.records.record({
    exchange: exchange.id,
    kind: 'not-it',
    question: exchange.text,
    user: click.who.user,
    at: ports.now().toISOString(),
    ...(value.e !== 'none' && { entry: value.e }),
    ...scoreOf(exchange, value.e),
  });
  const message = remaining(next).length === 0 ? exhaustedView() : renderTorn(ports, next);
  await ports.poster.update(click.at, message);
}

async function chooseCluster(ports: AnswerButtonPorts, context: ClickContext): Promise<void> {
  const { click } = context;
  const exchange = await exchangeOf(ports, context, click.blockId.replace(/^answer:/, ''));
  if (exchange === undefined) return;
  const cluster = ports.clusters.names.find((name) => name === click.value);
  if (cluster === undefined) return context.reply(outdated);
  await showAnswer(ports, context, { ...exchange, cluster });
}

async function checkForEntry(ports: AnswerButtonPorts, context: ClickContext): Promise<void> {
  const { click } = context;
  const value = decodeValue('entry', click.value);
  const exchange = await exchangeOf(ports, context, value?.x);
  const intent = value === undefined ? undefined : ports.catalog.get(value.e);
  const cluster = exchange?.cluster ?? value?.c;
  if (exchange === undefined) return;
  if (intent === undefined || cluster === undefined) return context.reply(outdated);
  const checks = ports.catalog.checksOf(intent).map(({ id }) => id);
  await startCheck(ports, context, { exchange, cluster, checks });
}

async function tellApart(ports: AnswerButtonPorts, context: ClickContext): Promise<void> {
  const { click } = context;
  const value = decodeValue('cluster', click.value);
  const exchange = await exchangeOf(ports, context, value?.x ?? click.blockId.replace(/^tell:/, ''));
  const cluster = ports.clusters.names.find((name) => name === (value?.c ?? click.value));
  if (exchange === undefined) return;
  if (cluster === undefined) return context.reply(outdated);
  const entries = tellableEntries(ports, exchange);
  const checks = entries.flatMap((intent) => ports.catalog.checksOf(intent)).map(({ id }) => id);
  await startCheck(ports, context, {
    exchange,
    cluster,
    checks: [...new Set(checks)],
    entries: entries.map(({ id }) => id),
  });
}

async function startCheck(
  ports: AnswerButtonPorts,
  { click, reply }: ClickContext,
  { exchange, ...asked }: Pick<CheckRequest, 'cluster' | 'checks' | 'entries'> & { exchange: Exchange },
): Promise<void> {
  const { channel, threadTs } = exchange;
  const request = { ...asked, scope: wholeCluster, requestedBy: click.who, channel, threadTs };
  await requestCheck(ports, request, reply);
}

async function giveFeedback(ports: AnswerButtonPorts, context: ClickContext): Promise<void> {
  const { click, reply } = context;
  const value = decodeValue('feedback', click.value);
  const exchange = await exchangeOf(ports, context, value?.x);
  if (value === undefined || exchange === undefined) return;
  await ports.records.record({
    exchange: exchange.id,
    kind: value.good ? 'helpful' : 'not-helpful',
    question: exchange.text,
    entry: value.e,
    user: click.who.user,
    at: ports.now().toISOString(),
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
