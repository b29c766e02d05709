import { everyCluster, type Schedule } from '../../jobs/schedule/schedule.js';
import type { Command } from '../commands/command-context.js';
import { type SightPorts, visible } from '../commands/visible-clusters.js';
import type { ScheduleCommandPorts } from './schedule.js';
import { schedulesView } from './views/schedules-list.js';

type ListPorts = Pick<ScheduleCommandPorts, 'schedules'> & SightPorts;

/** `schedules`: those that post here, then those elsewhere of clusters that the asker may see; who made and who ended them. */
export const schedulesCommand =
  (ports: ListPorts): Command =>
  async ({ who, channel, reply }) => {
    const all = (await ports.schedules.all()).filter((one) => isOpenTo(one, channel));
    const [forAll, forOne] = [
      all.filter(({ cluster }) => cluster === everyCluster),
      all.filter(({ cluster }) => cluster !== everyCluster),
    ];
    const seen = [...forAll, ...(await visible(ports, who, forOne))];
    const lines = await Promise.all(
      seen.map(async (schedule) => ({
        schedule,
        isHere: schedule.channel === channel,
        next: schedule.ended ? undefined : await ports.schedules.next(schedule),
      })),
    );
    await reply(...schedulesView([...lines].sort((a, b) => rank(a) - rank(b))));
  };

/** What posts in a direct message is nobody else's business. */
const isOpenTo = ({ channel: own }: Schedule, channel: string): boolean =>
  own === channel || !own.startsWith('D');

const rank = ({ schedule, isHere }: { readonly schedule: Schedule; readonly isHere: boolean }): number =>
  (schedule.ended === undefined ? 0 : 2) + (isHere ? 0 : 1);
