import type { Schedule } from '../../../jobs/schedule/schedule.js';
import { scheduleTexts } from '../../../texts/schedules.js';
import { context, section } from '../../kit/blocks.js';
import type { SlackMessage } from '../../kit/message.js';
import { code, literal, mentionUser, when } from '../../kit/writing/mrkdwn.js';
import { endOf, whatOf } from '../schedule-words.js';

const { told } = scheduleTexts;

interface Scheduled {
  readonly schedule: Schedule;
  /** The one that it takes the place of. */
  readonly before?: Schedule | undefined;
  readonly next?: Date | undefined;
}

/** Said in the channel that it posts in. */
export function scheduledView({ schedule, before, next }: Scheduled): SlackMessage {
  const text = told.scheduled({ what: whatOf(schedule), when: schedule.when, always: schedule.always });
  const instead = before === undefined ? '' : ` ${told.instead(before.when)}`;
  return {
    text: `${text}${instead}`,
    blocks: [
      section(`:calendar: ${literal(`${text}${instead}`)}`),
      context(
        [
          ...(next === undefined ? [] : [told.next(when(next))]),
          ...(schedule.by === undefined ? [] : [told.by(mentionUser(schedule.by.user))]),
          told.end(code(endOf(schedule))),
        ].join(' · '),
      ),
    ],
  };
}
