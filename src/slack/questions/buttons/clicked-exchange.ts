import type { Authorisation } from '../../../approvals/authorise.js';
import type { Approvals } from '../../../approvals/create-approvals.js';
import { questionTexts as texts } from '../../../texts/questions.js';
import type { RequestCheckPorts } from '../../checks/request-check.js';
import { noticeView } from '../../kit/notices.js';
import type { EphemeralPorts } from '../../listeners/ephemeral-reply.js';
import type { ClickContext } from '../../listeners/on-click.js';
import type { Click } from '../../listeners/read-click.js';
import type { Poster } from '../../wire/create-poster.js';
import { answerKey, type Exchange, type ExchangeStore } from '../exchange-store.js';
import type { QuestionRecords } from '../records/question-records.js';
import type { Rendering } from '../render/render-answer.js';

export interface AnswerButtonPorts extends Rendering, RequestCheckPorts, EphemeralPorts {
  readonly approvals: Pick<Approvals, 'may' | 'maySee'>;
  readonly exchanges: Pick<ExchangeStore, 'get' | 'save' | 'topic' | 'setTopic'>;
  readonly records: Pick<QuestionRecords, 'record'>;
  readonly poster: Pick<Poster, 'find' | 'post' | 'follow' | 'update' | 'whisper'>;
  readonly now: () => Date;
}

/** What a click on an answer leads to. */
export type HandleClick = (ports: AnswerButtonPorts, context: ClickContext) => Promise<void>;

export const outdated = noticeView(texts.tooOld);

/** The exchange a value names; the clicker is told when it is gone. */
export async function clickedExchange(
  ports: Pick<AnswerButtonPorts, 'exchanges'>,
  context: Pick<ClickContext, 'reply'>,
  id: string | undefined,
): Promise<Exchange | undefined> {
  const exchange = id === undefined ? undefined : await ports.exchanges.get(id);
  if (exchange === undefined) await context.reply(outdated);
  return exchange;
}

/**
 * Only the answer of its own exchange is edited, whatever a click says. Where that stands is not noted yet just after it was
 * posted, and not any more after a month: then any message of its thread is taken for it.
 */
export async function isItsAnswer(
  { poster }: Pick<AnswerButtonPorts, 'poster'>,
  exchange: Exchange,
  { at, threadTs }: Click,
): Promise<boolean> {
  if (at?.channel !== exchange.channel || threadTs !== exchange.threadTs) return false;
  const stands = await poster.find(answerKey(exchange));
  return stands === undefined || stands.ts === at.ts;
}

/** An answer is filled in from the cluster it is about, which acknet reads on behalf of who clicks. */
export async function refusalOf(
  { approvals }: Pick<AnswerButtonPorts, 'approvals'>,
  { who }: Click,
  cluster: string | undefined,
): Promise<Extract<Authorisation, { ok: false }> | undefined> {
  const may = cluster === undefined ? undefined : await approvals.maySee(who, cluster);
  return may === undefined || may.ok ? undefined : may;
}

/** The score that an entry had when the question was matched. */
export const scoreOf = ({ candidates }: Exchange, entry: string): number | undefined =>
  candidates.find(({ id }) => id === entry)?.score;
