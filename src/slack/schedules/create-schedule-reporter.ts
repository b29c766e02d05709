import { isAcknetError } from '../../errors.js';
import type { ScheduleReporter } from '../../jobs/ports.js';
import { everyCluster, type Schedule } from '../../jobs/schedule/schedule.js';
import type { Logger } from '../../ops/log.js';
import { scheduleTexts } from '../../texts/schedules.js';
import { context, section } from '../kit/blocks.js';
import type { SlackMessage } from '../kit/message.js';
import { clip, code, literal, mentionUser, when } from '../kit/writing/mrkdwn.js';
import { errorView, noticeView } from '../kit/notices.js';
import type { Poster } from '../wire/create-poster.js';
import { commandOf, endOf, whatOf } from './schedule-words.js';
import { digestView } from './views/digest.js';
import { oneClusterView } from './views/one-cluster.js';

interface ReporterPorts {
  readonly poster: Pick<Poster, 'post'>;
  readonly logger: Logger;
  readonly now: () => Date;
}

const { report, ended, lost, told } = scheduleTexts;

/** A message of its own for each run that has something to tell; none is edited. */
export function createScheduleReporter({ poster, logger, now }: ReporterPorts): ScheduleReporter {
  const post = async (schedule: Schedule, what: string, message: SlackMessage): Promise<void> =>
    void (await poster.post(`schedule:${schedule.id}:${what}`, { channel: schedule.channel }, message));

  /** Where acknet may not post, who made it still hears of it. */
  const postOrHand = async (schedule: Schedule, what: string, message: SlackMessage): Promise<void> => {
    try {
      await post(schedule, what, message);
    } catch (error) {
      if (isAcknetError(error) && error.retry) throw error;
      logger.warn({ err: error, schedule: schedule.id }, 'a schedule cannot post in its channel');
      if (schedule.by === undefined) return;
      const key = `schedule:${schedule.id}:${what}:person`;
      await poster.post(key, { channel: schedule.by.user }, message);
    }
  };

  return {
    told: async (schedule, { fleetId, changes, leftOut }) => {
      const foot = footOf(schedule, changes.since);
      const [first] = changes.clusters;
      const isOne = schedule.cluster !== everyCluster && first !== undefined;
      const message = isOne ? oneClusterView(first, foot) : digestView({ changes, leftOut, foot });
      await post(schedule, fleetId, message);
    },

    ended: (schedule, why) => postOrHand(schedule, `ended:${schedule.at}`, endedView(schedule, why)),

    // Where it fails at every run, once a day is enough.
    failed: (schedule, error) => {
      const { text, blocks } = errorView(error);
      const head = report.failed(whatOf(schedule));
      return postOrHand(schedule, `failed:${now().toISOString().slice(0, 10)}`, {
        text: clip(`${head} ${text}`, 3000),
        blocks: [section(`:x: *${literal(head)}*`), ...blocks],
      });
    },

    lost: (schedule) =>
      postOrHand(
        schedule,
        `lost:${schedule.at}`,
        noticeView(lost.text(`${whatOf(schedule)} ${schedule.when}`), lost.again(code(commandOf(schedule)))),
      ),
  };
}

const footOf = (schedule: Schedule, since: string | undefined) =>
  context(
    report.foot({
      when: schedule.when,
      since: since === undefined ? undefined : when(since),
      end: schedule.by === undefined ? report.fromFile : told.end(code(endOf(schedule))),
    }),
  );

function endedView(schedule: Schedule, why: 'removed' | 'gone' | 'refused'): SlackMessage {
  const what = whatOf(schedule);
  if (why !== 'refused' || schedule.by === undefined) return noticeView(ended.gone(what));
  const text = ended.refused({ what, who: ended.who });
  const again = `${mentionUser(schedule.by.user)} · ${ended.again(code(commandOf(schedule)))}`;
  return noticeView(text, again);
}
