import type { Approvals } from '../../approvals/create-approvals.js';
import type { Config } from '../../config/config.js';
import type { AcknetError } from '../../errors.js';
import {
  newThread,
  type Reply,
  type TakeTurn,
  type ThreadState,
} from '../../intents/conversation/conversation.js';
import type { QuestionJob } from '../../jobs/queues/payloads.js';
import type { QuestionResponder } from '../../jobs/ports.js';
import type { Metrics } from '../../ops/metrics.js';
import { helpView } from '../commands/help.js';
import { clusterToTry } from '../commands/visible-clusters.js';
import type { Posting } from '../kit/message.js';
import { errorView } from '../kit/notices.js';
import type { Poster } from '../wire/create-poster.js';
import type { ClusterFacts } from './cluster-facts.js';
import {
  answerKey,
  type Exchange,
  type ExchangeStore,
  exchangeId,
  type ThreadTopic,
} from './exchange-store.js';
import { nameCluster, withoutNames } from './name-cluster.js';
import type { QuestionRecords } from './records/question-records.js';
import {
  knownFacts,
  type Rendering,
  renderAnswer,
  renderTorn,
  renderUnplaced,
} from './render/render-answer.js';
import { renderPassage } from './render/render-passage.js';
import { isAddressed } from './spoken-to.js';

export interface ResponderPorts extends Rendering {
  readonly approvals: Pick<Approvals, 'allows' | 'maySee'>;
  readonly config: Pick<Config, 'channels'>;
  readonly exchanges: Pick<ExchangeStore, 'find' | 'begin'>;
  readonly takeTurn: TakeTurn;
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
      const id = exchangeId(job.channel, job.ts);
      const key = answerKey({ channel: job.channel, id });
      const topic = await topicBefore(ports, job);
      const cluster = await clusterOf(ports, { job, topic });
      const seeing = { ...ports, facts: seenOnce(ports.facts) };
      const known = await knownFacts(seeing, cluster);
      const said = withoutNames(job.text, ports.clusters.names);
      const { reply, state } = ports.takeTurn(topic ?? newThread, said, { plugin: pluginOf(known) });
      if (!isWorthSaying(job, reply)) return;
      if (reply.kind === 'talk')
        return void (await poster.post(key, place, helpView(await clusterToTry(ports, spoken(job)))));

      const exchange = openExchange(ports, { id, job, reply, topic, cluster });
      const posting = await render(seeing, { exchange, reply, topic });
      await both(
        exchanges.begin(exchange, { ...topicOf(state), cluster }),
        poster.post(key, place, posting.first),
      );
      await poster.follow(key, place, posting);
      if (exchange.kind === 'unplaced') await recordUnplaced(ports, exchange);
      metrics.questions.inc({ kind: exchange.kind });
    },
    failed: async (job: QuestionJob, error: AcknetError) => {
      const place = { channel: job.channel, threadTs: job.threadTs ?? job.ts };
      if (isAddressed(job.surface))
        await poster.post(`failed:${job.channel}:${job.ts}`, place, errorView(error));
    },
  };
}

/** Side by side, and both at their end: nobody is told of a fault while the message is still on its way. */
async function both(...works: readonly Promise<unknown>[]): Promise<void> {
  for (const ended of await Promise.allSettled(works)) if (ended.status === 'rejected') throw ended.reason;
}

const spoken = ({ asker, channel }: QuestionJob) => ({ who: asker, channel });

/** What the thread was about before this message, which may begin it: a repeated job reads it as the first one did. */
async function topicBefore(
  { exchanges }: ResponderPorts,
  { channel, ts, threadTs }: QuestionJob,
): Promise<ThreadTopic | undefined> {
  if (threadTs === undefined) return undefined;
  const { exchange, topic } = await exchanges.find({ channel, ts, threadTs });
  return exchange === undefined ? topic : exchange.before;
}

const topicOf = ({ entry, others, shown, stillBroken, unplaced }: ThreadState): ThreadTopic => ({
  entry,
  others: [...others],
  shown: [...shown],
  stillBroken,
  unplaced,
});

/** Unasked, it speaks only when it knows: in its threads it may ask back, elsewhere not even that. */
function isWorthSaying(job: QuestionJob, { kind }: Reply): boolean {
  if (isAddressed(job.surface)) return true;
  return kind === 'answer' || (job.surface === 'thread' && kind === 'choice');
}

interface Opening {
  readonly id: string;
  readonly job: QuestionJob;
  readonly reply: Reply;
  readonly topic: ThreadTopic | undefined;
  readonly cluster: string | undefined;
}

const kinds = { answer: 'sure', choice: 'torn', unknown: 'unplaced', talk: 'unplaced' } as const;

function openExchange({ now }: ResponderPorts, { id, job, reply, topic, cluster }: Opening): Exchange {
  const { intent } = reply;
  const score = intent === undefined ? undefined : { id: intent, score: reply.score };
  return {
    id,
    channel: job.channel,
    threadTs: job.threadTs ?? job.ts,
    text: job.text,
    asker: job.asker,
    kind: kinds[reply.kind],
    candidates: [...(score === undefined ? [] : [score]), ...reply.others],
    refused: [],
    entry: intent,
    card: reply.asked === undefined ? intent : undefined,
    looks: [...reply.suggestChecks],
    cluster,
    at: now().toISOString(),
    before: topic,
  };
}

/** The cluster it is about, where its asker may see it: acknet reads nothing on behalf of anybody else. */
async function clusterOf(
  { config, clusters, approvals }: ResponderPorts,
  { job, topic }: Pick<Opening, 'job' | 'topic'>,
): Promise<string | undefined> {
  const only = clusters.names.length === 1 ? clusters.names[0] : undefined;
  const cluster =
    nameCluster(job.text, clusters.names) ?? topic?.cluster ?? config.channels[job.channel]?.cluster ?? only;
  if (cluster === undefined) return undefined;
  return (await approvals.maySee(job.asker, cluster)).ok ? cluster : undefined;
}

/** What was seen of a cluster holds for the whole of an answer. */
function seenOnce(facts: ClusterFacts): ClusterFacts {
  const seen = new Map<string, ReturnType<ClusterFacts>>();
  return (cluster) => {
    const known = seen.get(cluster) ?? facts(cluster);
    seen.set(cluster, known);
    return known;
  };
}

/** Entries about the plugin that a cluster does not run are not what is meant there. */
const pluginOf = (known: Awaited<ReturnType<typeof knownFacts>>): string | undefined =>
  'facts' in known ? known.facts.plugin : undefined;

async function render(
  ports: ResponderPorts,
  { exchange, reply, topic }: Pick<Opening, 'reply' | 'topic'> & { readonly exchange: Exchange },
): Promise<Posting> {
  const intent = exchange.entry === undefined ? undefined : ports.catalogue.get(exchange.entry);
  if (intent !== undefined && reply.asked === undefined) {
    const besides = ports.catalogue.pick(reply.candidates.map(({ id }) => id));
    return renderAnswer(ports, { exchange, intent }, { besides });
  }
  const first =
    intent !== undefined
      ? await renderPassage(ports, { exchange, intent, reply, topic })
      : exchange.kind === 'torn'
        ? renderTorn(ports, exchange)
        : renderUnplaced(ports, exchange);
  return { first, more: [], files: [] };
}

async function recordUnplaced({ records }: ResponderPorts, exchange: Exchange): Promise<void> {
  const [nearest] = exchange.candidates;
  await records.record({
    exchange: exchange.id,
    kind: 'unplaced',
    question: exchange.text,
    user: exchange.asker.user,
    at: exchange.at,
    entry: nearest?.id,
    score: nearest?.score,
  });
}
