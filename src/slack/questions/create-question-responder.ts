import type { AcknetError } from '../../errors.js';
import { isGreeting } from '../../intents/conversation/is-greeting.js';
import type { Match } from '../../intents/intent.js';
import type { QuestionJob } from '../../jobs/payloads.js';
import type { QuestionResponder } from '../../jobs/ports.js';
import type { MessageRef } from '../../proposals/proposal.js';
import { helpView } from '../commands/help.js';
import type { Posting } from '../kit/message.js';
import { errorView } from '../kit/notices.js';
import type { SlackServices } from '../slack-services.js';
import { type Exchange, exchangeId, type ThreadTopic } from './exchange-store.js';
import { nameCluster } from './name-cluster.js';
import { questionText } from './question-text.js';
import { renderAnswer, renderTorn, renderUnplaced } from './render-answer.js';

export type ResponderServices = Pick<
  SlackServices,
  | 'approvals'
  | 'catalog'
  | 'clusters'
  | 'config'
  | 'exchanges'
  | 'facts'
  | 'matcher'
  | 'metrics'
  | 'now'
  | 'poster'
  | 'records'
>;

/** Answers one question in its thread; a repeated job finds what the first one posted. */
export function createQuestionResponder(services: ResponderServices): QuestionResponder {
  const { exchanges, poster, metrics } = services;
  return {
    async answer(job) {
      const threadTs = job.threadTs ?? job.ts;
      const place = { channel: job.channel, threadTs };
      const key = `answer:${job.channel}:${job.ts}`;
      const text = questionText(job.text);
      if (isGreeting(text)) {
        if (isAddressed(job))
          await poster.post(key, place, helpView(services.clusters.names[0] ?? 'cluster-x'));
        return;
      }
      const topic = await exchanges.topic(job.channel, threadTs);
      const match = services.matcher.match(text, topic?.entry === undefined ? {} : { entry: topic.entry });
      if (!isWorthSaying(job, match)) return;

      const exchange = await openExchange(services, { job, text, match, topic });
      const posting = await render(services, exchange, topic);
      await exchanges.save(exchange);
      await exchanges.setTopic(exchange.channel, exchange.threadTs, topicOf(exchange));
      const at = await poster.post(key, place, posting.first);
      await poster.follow(key, place, posting);
      await remember(services, exchange, at);
      metrics.questions.inc({ kind: match.kind });
    },
    failed: async (job: QuestionJob, error: AcknetError) => {
      const place = { channel: job.channel, threadTs: job.threadTs ?? job.ts };
      if (isAddressed(job)) await poster.post(`failed:${job.channel}:${job.ts}`, place, errorView(error));
    },
  };
}

/** Whether acknet was spoken to, and so owes an answer. */
const isAddressed = ({ surface }: QuestionJob): boolean => surface === 'mention' || surface === 'dm';

/** Unasked, it speaks only when it knows: in its threads it may ask back, elsewhere not even that. */
function isWorthSaying(job: QuestionJob, match: Match): boolean {
  if (isAddressed(job)) return true;
  return match.kind === 'sure' || (job.surface === 'thread' && match.kind === 'torn');
}

interface Opening {
  readonly job: QuestionJob;
  readonly text: string;
  readonly match: Match;
  readonly topic: ThreadTopic | undefined;
}

async function openExchange(
  services: ResponderServices,
  { job, text, match, topic }: Opening,
): Promise<Exchange> {
  const { now } = services;
  const cluster = await clusterOf(services, { job, text, topic });
  return {
    id: exchangeId(job.channel, job.ts),
    channel: job.channel,
    threadTs: job.threadTs ?? job.ts,
    text,
    asker: job.asker,
    kind: match.kind,
    candidates: [...candidatesOf(match)],
    refused: [],
    ...(match.kind === 'sure' && { entry: match.best.id }),
    ...(cluster !== undefined && { cluster }),
    at: now().toISOString(),
  };
}

/** The cluster it is about, where its asker may see it: acknet reads nothing on behalf of anybody else. */
async function clusterOf(
  { config, clusters, approvals }: ResponderServices,
  { job, text, topic }: Pick<Opening, 'job' | 'text' | 'topic'>,
): Promise<string | undefined> {
  const only = clusters.names.length === 1 ? clusters.names[0] : undefined;
  const cluster =
    nameCluster(text, clusters.names) ?? topic?.cluster ?? config.channels[job.channel]?.cluster ?? only;
  if (cluster === undefined) return undefined;
  return (await approvals.maySee(job.asker, cluster)).ok ? cluster : undefined;
}

function candidatesOf(match: Match) {
  switch (match.kind) {
    case 'sure':
      return [match.best, ...match.others];
    case 'torn':
      return match.candidates;
    case 'unplaced':
      return match.nearest;
  }
}

async function render(
  services: ResponderServices,
  exchange: Exchange,
  topic: ThreadTopic | undefined,
): Promise<Posting> {
  const intent = exchange.entry === undefined ? undefined : services.catalog.get(exchange.entry);
  if (intent !== undefined)
    return renderAnswer(services, { exchange, intent }, { followUp: topic?.entry === intent.id });
  const first =
    exchange.kind === 'torn' ? renderTorn(services, exchange) : renderUnplaced(services, exchange);
  return { first, more: [], files: [] };
}

const topicOf = ({ entry, cluster }: Exchange): ThreadTopic => ({
  ...(entry !== undefined && { entry }),
  ...(cluster !== undefined && { cluster }),
});

async function remember(services: ResponderServices, exchange: Exchange, at: MessageRef): Promise<void> {
  const { exchanges, records } = services;
  await exchanges.save({ ...exchange, answerTs: at.ts });
  if (exchange.kind !== 'unplaced') return;
  const [nearest] = exchange.candidates;
  await records.record({
    exchange: exchange.id,
    kind: 'unplaced',
    question: exchange.text,
    user: exchange.asker.user,
    at: exchange.at,
    ...(nearest && { entry: nearest.id, score: nearest.score }),
  });
}
