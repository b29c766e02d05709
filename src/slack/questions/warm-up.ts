import pLimit from 'p-limit';
import type { QuestionResponder } from '../../jobs/ports.js';
import type { QuestionJob } from '../../jobs/queues/payloads.js';
import { untilAborted } from '../../ops/until-aborted.js';
import { createQuestionResponder, type ResponderPorts } from './create-question-responder.js';
import type { IntentCatalogue } from './intent-catalogue.js';

/** Clusters read at a time. */
const READ_AT_ONCE = 4;
/** Of each entry. */
const PHRASINGS = 10;

export interface WarmUpPorts extends ResponderPorts {
  /** Answers questions as a worker does, with nothing that a person would see or that stays. */
  readonly rehearse: (
    jobs: readonly QuestionJob[],
    responder: QuestionResponder,
    signal: AbortSignal,
  ) => Promise<void>;
  readonly newId: () => string;
}

/**
 * Answers for nobody before anybody asks: the facts of the clusters are read then, and what reads, writes and carries
 * answers has run. Else the first questions after a start wait for both, and those behind them with them: code that runs
 * for the first time takes several times as long. Stops where it is once the signal aborts.
 */
export async function warmUp(ports: WarmUpPorts, signal: AbortSignal): Promise<void> {
  const { clusters, facts, rehearse } = ports;
  const limit = pLimit(READ_AT_ONCE);
  const read = clusters.names.map((name) => limit(async () => (signal.aborted ? {} : facts(name))));
  const known = await Promise.allSettled(read);
  if (signal.aborted) return;
  const readable = clusters.names.find((_, at) => isRead(known[at]));
  await Promise.all([
    // An API server that hangs keeps it no longer than that.
    Promise.race([lookUpAll(ports, readable), untilAborted(signal)]),
    rehearse(questionsOf(ports), createQuestionResponder({ ...ports, ...forNobody }), signal),
  ]);
}

const isRead = (known: PromiseSettledResult<object> | undefined): boolean =>
  known?.status === 'fulfilled' && 'facts' in known.value;

/** What entries look up, of one cluster: the code is the same for all, and who asks within seconds is served by it. */
async function lookUpAll({ catalogue, lookUp }: WarmUpPorts, cluster: string | undefined): Promise<void> {
  if (cluster === undefined) return;
  const looking = catalogue.all.filter((entry) => entry.facts).map((entry) => lookUp(cluster, entry));
  await Promise.allSettled(looking);
}

const questionsOf = ({ catalogue, newId }: Pick<WarmUpPorts, 'catalogue' | 'newId'>): QuestionJob[] =>
  phrasingsOf(catalogue).map((text) => ({ ...nowhere, ts: newId(), text }));

/** One phrasing of each entry, then another of each. */
export function phrasingsOf({ all }: Pick<IntentCatalogue, 'all'>): readonly string[] {
  const rounds = Array.from({ length: PHRASINGS }, (_, round) => all.map(({ ask }) => ask[round]));
  return rounds.flat().filter((text) => text !== undefined);
}

const nowhere = { channel: 'nowhere', asker: { user: '', team: '' }, surface: 'mention' } as const;

/** Whoever asks may; nothing of it is counted, and no answer waits for what an entry looks up. */
const forNobody = {
  approvals: { allows: async () => ({ ok: true }), maySee: async () => ({ ok: true }) },
  lookUp: async (cluster) => ({
    cluster,
    at: new Date(0).toISOString(),
    facts: [],
    unread: [],
    blind: undefined,
  }),
  metrics: { questions: { inc: () => undefined } },
  records: { record: async () => undefined },
} satisfies Partial<ResponderPorts>;
