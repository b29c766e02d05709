import { cardChannel } from '../../config/card-channel.js';
import type { Config } from '../../config/config.js';
import { AcknetError } from '../../errors.js';
import type { CheckJob } from '../../jobs/queues/payloads.js';
import type { CheckReporter } from '../../jobs/ports.js';
import type { MessageRef } from '../../proposals/proposal.js';
import { checkTexts } from '../../texts/checks.js';
import { calling } from '../kit/asker.js';
import { section } from '../kit/blocks.js';
import type { Posting, SlackMessage } from '../kit/message.js';
import { clip, literal, mentionUser } from '../kit/writing/mrkdwn.js';
import { errorView, incompleteView } from '../kit/notices.js';
import { type ExchangeStore, noTopic } from '../questions/exchange-store.js';
import type { Editor } from '../wire/create-editor.js';
import type { Poster } from '../wire/create-poster.js';
import { type RenderPorts, renderResult } from './render-result.js';
import { reportAfter } from './report-after.js';
import { progressView } from './views/progress.js';

const { thread } = checkTexts;

interface CheckReporterPorts extends RenderPorts {
  readonly exchanges: Pick<ExchangeStore, 'topic' | 'setTopic'>;
  readonly poster: Poster;
  readonly editor: Editor;
  readonly config: Pick<Config, 'channels'>;
  readonly now: () => Date;
}

type Result = Parameters<CheckReporter['finished']>[2];

/** One message per run, edited in place; the details follow in its thread. */
export function createCheckReporter(ports: CheckReporterPorts): CheckReporter {
  const { poster, editor, exchanges, now } = ports;
  const startedAt = new Map<string, Date>();
  const after = reportAfter(ports);

  return {
    async started(job) {
      const reported = await after.messageOf(job);
      if (reported !== undefined) return reported;
      startedAt.set(job.runId, now());
      const place = { channel: job.channel, threadTs: job.threadTs };
      const at = await poster.post(keyOf(job), place, progressView(progressOf(job, now())));
      const thread = threadOf(job, at);
      const topic = (await exchanges.topic(at.channel, thread)) ?? noTopic;
      await exchanges.setTopic(at.channel, thread, { ...topic, cluster: job.cluster });
      return at;
    },

    progress(job, at, progress) {
      if (job.after !== undefined) return;
      const begun = startedAt.get(job.runId) ?? now();
      editor.edit(at, () => progressView({ ...progressOf(job, begun), progress }));
    },

    handedOver(job, at) {
      startedAt.delete(job.runId);
      editor.drop(at);
    },

    async finished(job, at, result) {
      if (job.after !== undefined) return after.finished(job, at, result);
      startedAt.delete(job.runId);
      await editor.settle(at);
      const posting = await renderResult(ports, job, result);
      const place = { channel: at.channel, threadTs: threadOf(job, at) };
      if (!(await poster.update(at, posting.first)))
        await poster.post(`${keyOf(job)}:result`, place, posting.first);
      await poster.post(`${keyOf(job)}:done`, place, doneView(job, posting, { ...result, at }));
      await poster.follow(keyOf(job), place, posting);
    },

    async cardThread(job, at) {
      const below = { channel: at.channel, threadTs: threadOf(job, at) };
      const open = cardChannel(ports.config.channels, job.cluster, at.channel);
      if (open === undefined) return below;
      // Where the bot may not post, the card stands where only who asked sees it, and is listed by `pending`.
      const root = await poster
        .post(`${keyOf(job)}:cards`, { channel: open }, cardsView(job))
        .catch(() => undefined);
      return root === undefined ? below : { channel: root.channel, threadTs: root.ts };
    },

    async cardsPlaced(job, at, result) {
      const { first } = await renderResult(ports, job, result);
      await poster.update(at, first);
    },

    async failed(job, at, error) {
      if (job.after !== undefined && at !== undefined) return after.failed(job, at, error);
      startedAt.delete(job.runId);
      const message = failureView(job, error);
      if (at === undefined) {
        // Where the bot may not post, the person still gets an answer.
        const place = { channel: job.requestedBy?.user ?? job.channel };
        await poster.post(`${keyOf(job)}:failed`, place, message);
        return;
      }
      await editor.settle(at);
      const thread = { channel: at.channel, threadTs: threadOf(job, at) };
      if ((await poster.find(`${keyOf(job)}:done`)) !== undefined)
        await poster.post(`${keyOf(job)}:incomplete`, thread, incompleteView(error));
      else if (!(await poster.update(at, message)))
        await poster.post(`${keyOf(job)}:failed`, thread, message);
    },

    async tellFollower(job, follower, outcome) {
      const { channel, threadTs, requestedBy } = follower;
      const posting =
        outcome instanceof AcknetError ? failed(job, outcome) : await renderResult(ports, job, outcome);
      const key = `${keyOf(job)}:follower:${channel}:${threadTs ?? ''}:${requestedBy?.user ?? ''}`;
      // Where the bot may not post, the person still gets an answer.
      const at = await poster.post(key, { channel, threadTs }, posting.first).catch((error: unknown) => {
        if (requestedBy === undefined) throw error;
        return poster.post(`${key}:person`, { channel: requestedBy.user }, posting.first);
      });
      await poster.follow(key, { channel: at.channel, threadTs: threadTs ?? at.ts }, posting);
    },
  };
}

const failed = (job: CheckJob, error: AcknetError): Posting => ({
  first: failureView(job, error),
  more: [],
  files: [],
});

const keyOf = ({ runId }: CheckJob): string => `run:${runId}`;
const threadOf = (job: CheckJob, at: MessageRef): string => job.threadTs ?? at.ts;

const progressOf = (job: CheckJob, startedAt: Date) => ({
  run: job.runId,
  cluster: job.cluster,
  requestedBy: job.requestedBy?.user,
  startedAt,
});

/** An edit notifies nobody; this reply does. It says what follows, not once more what the result says. */
function doneView(
  job: CheckJob,
  { first, more }: Posting,
  { proposals, at }: Pick<Result, 'proposals'> & { readonly at: MessageRef },
): SlackMessage {
  const elsewhere = proposals[0]?.thread?.channel;
  const isMoved = elsewhere !== undefined && elsewhere !== at.channel;
  const follows = [
    ...(more.length > 0 ? [thread.evidence] : []),
    ...(proposals.length > 0 && !isMoved ? [thread.cards(proposals.length)] : []),
  ];
  const below = follows.length === 0 ? '' : thread.below(follows);
  const spoken = (what: string): string =>
    job.requestedBy === undefined
      ? thread.looked(what)
      : thread.done(mentionUser(job.requestedBy.user), what);
  const moved = (channel: string) => (isMoved ? thread.cardsIn(proposals.length, channel) : '');
  return {
    text: clip(`${first.text}${below}${moved(thread.itsChannel)}`, 3000),
    blocks: [section(spoken(`${below}${moved(`<#${elsewhere}>`)}`))],
  };
}

const cardsView = ({ cluster, requestedBy }: CheckJob): SlackMessage => ({
  text: thread.cardsAboveText(cluster),
  // Nobody but a person asks in a direct message.
  blocks:
    requestedBy === undefined
      ? []
      : [section(thread.cardsAbove(mentionUser(requestedBy.user), literal(cluster)))],
});

function failureView(job: CheckJob, error: AcknetError): SlackMessage {
  const { text, blocks } = errorView(error);
  const head = checkTexts.progress.didNotRun(job.cluster);
  return {
    text: clip(`${head} ${text}`, 3000),
    blocks: [section(`:x: *${literal(head)}* ${calling(job.requestedBy)}`), ...blocks],
  };
}
