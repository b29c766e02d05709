import { expect, it } from '@jest/globals';
import { AcknetError } from '../../../src/errors.js';
import type { Schedule } from '../../../src/jobs/schedule/schedule.js';
import { type ScheduleCommandPorts, scheduleCommand } from '../../../src/slack/schedules/schedule.js';
import { quietLogger } from '../../support/quiet-logger.js';

const ana = { user: 'U0ANA', team: 'T0HOME' };
const bo = { user: 'U0BO', team: 'T0HOME' };
const old: Schedule = {
  ...{ id: 's', cluster: 'cluster-x', when: 'daily 09:00 UTC', channel: 'C0OPS' },
  ...{ always: true, by: bo, at: '2026-11-24T03:00:00Z' },
};

/** What becomes of the schedules where the channel takes no message. */
async function typed(error: AcknetError, before: Schedule | undefined) {
  const done: string[] = [];
  const ports = {
    clusters: { names: ['cluster-x'] },
    config: { channels: {} },
    approvals: { may: async () => ({ ok: true }), allows: async () => ({ ok: true }) },
    schedules: {
      all: async () => (before ? [before] : []),
      add: async (request: Schedule) => {
        done.push(`${request.by?.user} ${request.when}${request.always ? ' always' : ''}`);
        return { schedule: { ...request, id: 's', at: '' }, before };
      },
      end: async () => void done.push('ended'),
      next: async () => undefined,
    },
    poster: { say: () => Promise.reject(error) },
    logger: quietLogger(),
  } as unknown as ScheduleCommandPorts;
  const command = { words: ['cluster-x', 'every', '6h'], options: {} };
  const context = { command, who: ana, channel: 'C0OPS', reply: async () => undefined };
  const code = await scheduleCommand(ports)(context as never).then(
    () => undefined,
    (failed: AcknetError) => failed.code,
  );
  return { code, done };
}

const refused = new AcknetError('slack.rejected', 'not_in_channel');
const away = new AcknetError('slack.failed', 'no answer');

it.each<[string, AcknetError, Schedule | undefined, Awaited<ReturnType<typeof typed>>]>([
  ['none was there', refused, undefined, { code: 'slack.rejected', done: ['U0ANA every 6h', 'ended'] }],
  [
    'one was there',
    refused,
    old,
    { code: 'slack.rejected', done: ['U0ANA every 6h', 'U0BO daily 09:00 UTC always'] },
  ],
  [
    'one was there and Slack is away, which is what is said',
    away,
    old,
    { code: 'slack.failed', done: ['U0ANA every 6h', 'U0BO daily 09:00 UTC always'] },
  ],
])(
  'a schedule that cannot be told where it posts leaves things as they were: %s',
  async (_title, error, before, outcome) => {
    expect(await typed(error, before)).toEqual(outcome);
  },
);
