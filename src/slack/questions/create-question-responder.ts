import type { Approvals } from '../../approvals/create-approvals.js';
import type { Config } from '../../config.js';
import type { AcknetError } from '../../errors.js';
import { isGreeting } from '../../intents/conversation/is-greeting.js';
import type { Match, Matcher } from '../../intents/intent.js';
import type { QuestionJob } from '../../jobs/payloads.js';
import type { QuestionResponder } from '../../jobs/ports.js';
import type { Metrics } from '../../ops/metrics.js';
import type { MessageRef } from '../../proposals/proposal.js';
import { helpView } from '../commands/help.js';
import type { Posting } from '../kit/message.js';
import { errorView } from '../kit/notices.js';
import type { Poster } from '../wire/create-poster.js';
import { type Exchange, type ExchangeStore, exchangeId, type ThreadTopic } from './exchange-store.js';
import { nameCluster } from './name-cluster.js';
import type { QuestionRecords } from './records/question-records.js';
import { type Rendering, renderAnswer, renderTorn, renderUnplaced } from './render-answer.js';
import { isAddressed } from './spoken-to.js';

interface ResponderPorts extends Rendering {
  readonly approvals: Pick<Approvals, 'maySee'>;
  readonly config: Pick<Config, 'channels'>;
  readonly exchanges: Pick<ExchangeStore, 'save' | 'topic' | 'setTopic'>;
  readonly matcher: Matcher;
  readonly metrics: Pick<Metrics, 'questions'>;
  readonly poster: Pick<Poster, 'post' | 'follow'>;
  readonly records: Pick<QuestionRecords, 'record'>;
  readonly now: () => Date;
}

/** Answers one question in its thread; a repeated job finds what the first one posted. */
export function createQuestionResponder(ports: ResponderPorts): QuestionResponder {
  const { exchanges, poster, metrics } = ports;
  return {
    async answer(job) {
      const threadTs = job.threadTs ?? job.ts;
      const place = { channel: job.channel, threadTs };
      const key = `answer:${job.channel}:${job.ts}`;
      const { text } = job;
      if (isGreeting(text)) {
        if (isAddressed(job.surface)) await poster.post(key, place, helpView(ports.clusters.names[0]));
        return;
      }
      const topic = await exchanges.topic(job.channel, threadTs);
      const match = ports.matcher.match(text, topic?.entry === undefined ? {} : { entry: topic.entry });
      if (!isWorthSaying(job, match)) return;

      const exchange = await openExchange(ports, { job, text, match, topic });
      const posting = await render(ports, exchange, topic);
      await exchanges.save(exchange);
      await exchanges.setTopic(exchange.channel, exchange.threadTs, topicOf(exchange));
      const at = await poster.post(key, place, posting.first);
      await poster.follow(key, place, posting);
      await remember(ports, exchange, at);
      metrics.questions.inc({ kind: match.kind });
    },
    failed: async (job: QuestionJob, error: AcknetError) => {
      const place = { channel: job.channel, threadTs: job.threadTs ?? job.ts };
      if (isAddressed(job.surface))
        await poster.post(`failed:${job.channel}:${job.ts}`, place, errorView(error));
    },
  };
}

/** Unasked, it speaks only when it knows: in its threads it may ask back, elsewhere not even that. */
function isWorthSaying(job: QuestionJob, match: Match): boolean {
  if (isAddressed(job.surface)) return true;
  return match.kind === 'sure' || (job.surface === 'thread' && match.kind === 'torn');
}

interface Opening {
  readonly job: QuestionJob;
  readonly text: string;
  readonly match: Match;
  readonly topic: ThreadTopic | undefined;
}

async function openExchange(ports: ResponderPorts, { job, text, match, topic }: Opening): Promise<Exchange> {
  const { now } = ports;
  const cluster = await clusterOf(ports, { job, text, topic });
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
    cluster,
    at: now().toISOString(),
  };
}

/** The cluster it is about, where its asker may see it: acknet reads nothing on behalf of anybody else. */
async function clusterOf(
  { config, clusters, approvals }: ResponderPorts,
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
  ports: ResponderPorts,
  exchange: Exchange,
  topic: ThreadTopic | undefined,
): Promise<Posting> {
  const intent = exchange.entry === undefined ? undefined : ports.catalog.get(exchange.entry);
  if (intent !== undefined)
    return renderAnswer(ports, { exchange, intent }, { followUp: topic?.entry === intent.id });
  const first = exchange.kind === 'torn' ? renderTorn(ports, exchange) : renderUnplaced(ports, exchange);
  return { first, more: [], files: [] };
}

const topicOf = ({ entry, cluster }: Exchange): ThreadTopic => ({
  entry,
  cluster,
});

async function remember(ports: ResponderPorts, exchange: Exchange, at: MessageRef): Promise<void> {
  const { exchanges, records } = ports;
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
