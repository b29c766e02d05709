import type { Approvals } from '../../approvals/create-approvals.js';
import { readScheduleTime } from '../../config/schedule-time.js';
import { AcknetError, isAcknetError } from '../../errors.js';
import type { Schedules } from '../../jobs/schedule/create-schedules.js';
import { everyCluster, type Schedule, scheduleId } from '../../jobs/schedule/schedule.js';
import type { Logger } from '../../ops/log.js';
import type { Person } from '../../proposals/proposal.js';
import { scheduleTexts } from '../../texts/schedules.js';
import type { Command } from '../commands/command-context.js';
import type { ParsedCommand } from '../commands/parse-command.js';
import {
  type ClusterNaming,
  defaultCluster,
  knownClusters,
  unknownCluster,
} from '../commands/pick-clusters.js';
import { refusalView } from '../kit/notices.js';
import type { Poster } from '../wire/create-poster.js';
import { scheduledView } from './views/scheduled.js';

export interface ScheduleCommandPorts extends ClusterNaming {
  readonly approvals: Pick<Approvals, 'may' | 'allows'>;
  readonly schedules: Pick<Schedules, 'all' | 'add' | 'end' | 'next'>;
  readonly poster: Pick<Poster, 'say'>;
  readonly logger: Logger;
}

const { faults } = scheduleTexts;
/** More nobody reads, and each is a run of the whole catalogue. */
const MOST = 20;

/** `schedule <cluster|all> <when> [--always]`: who may ask for the check may have it made again and again, here. */
export const scheduleCommand =
  (ports: ScheduleCommandPorts): Command =>
  async ({ command, who, channel, reply }) => {
    const { cluster, when } = readRequest(ports, command, channel);
    const may = await mayAskAbout(ports, who, cluster);
    if (!may.ok) return reply(refusalView(may));
    await refuseTooMany(ports, { cluster, channel });
    const always = command.options.always !== undefined;
    const added = await ports.schedules.add({ cluster, when, channel, always, by: who });
    const next = await ports.schedules.next(added.schedule);
    // Said where all can see it, which shows too that acknet may post there.
    await ports.poster.say({ channel }, scheduledView({ ...added, next })).catch(async (error: unknown) => {
      ports.logger.info({ err: error, channel }, 'a schedule was made where nothing can be posted');
      await takeBack(ports, added, who);
      if (isAcknetError(error) && error.retry) throw error;
      throw new AcknetError('slack.rejected', faults.cannotPost, { hint: faults.cannotPostHint });
    });
  };

/** The one it took the place of is there again. */
async function takeBack(
  { schedules }: ScheduleCommandPorts,
  { schedule, before }: Awaited<ReturnType<Schedules['add']>>,
  who: Person,
): Promise<void> {
  if (before?.by === undefined) return schedules.end(schedule.id, { why: 'removed', by: who });
  const { cluster, when, channel, always, by } = before;
  await schedules.add({ cluster, when, channel, always, by });
}

/** A name, then when; without a name, the cluster of the channel. */
function readRequest(
  ports: ScheduleCommandPorts,
  { words }: ParsedCommand,
  channel: string,
): { readonly cluster: string; readonly when: string } {
  const { names } = ports.clusters;
  const [first = '', ...rest] = words;
  const isNamed = first === everyCluster || names.includes(first);
  const fallback = defaultCluster(ports, channel);
  const bare = readScheduleTime(words.join(' '));
  if (!isNamed && !bare.ok && !readScheduleTime(rest.join(' ')).ok && fallback !== undefined)
    throw timeFault(fallback, bare);
  if (!isNamed && !bare.ok) throw unknownCluster(first.slice(0, 80), [...names, everyCluster]);
  const cluster = isNamed ? first : fallback;
  if (cluster === undefined) throw new AcknetError('usage.invalid', faults.which(knownClusters(names)));
  const read = isNamed ? readScheduleTime(rest.join(' ')) : bare;
  if (!read.ok) throw timeFault(cluster, read);
  return { cluster, when: read.time.text };
}

const timeFault = (cluster: string, read: ReturnType<typeof readScheduleTime>): AcknetError =>
  new AcknetError('usage.invalid', read.ok ? faults.nothing : read.why, {
    hint: faults.didYouMean(`${cluster} ${read.ok ? read.time.text : read.near}`),
  });

/** For all of them, one is enough: the others are left out. */
export async function mayAskAbout(
  { approvals, clusters: { names } }: Pick<ScheduleCommandPorts, 'approvals' | 'clusters'>,
  who: Person,
  cluster: string,
) {
  if (cluster !== everyCluster) return approvals.may('ask', who, cluster);
  for (const name of names) {
    const may = await approvals.allows('ask', who, name);
    if (may.ok) return may;
  }
  return approvals.may('ask', who, names[0]);
}

async function refuseTooMany(
  { schedules }: ScheduleCommandPorts,
  { cluster, channel }: Pick<Schedule, 'cluster' | 'channel'>,
): Promise<void> {
  const here = (await schedules.all()).filter((one) => one.channel === channel && one.ended === undefined);
  const same = here.find(({ id }) => id === scheduleId(channel, cluster));
  if (same?.name !== undefined)
    throw new AcknetError('usage.invalid', faults.inFile(same.name), { hint: faults.inFileHint });
  if (same === undefined && here.length >= MOST)
    throw new AcknetError('usage.invalid', faults.full(here.length), { hint: faults.fullHint });
}
