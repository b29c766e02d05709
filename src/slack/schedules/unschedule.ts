import { AcknetError } from '../../errors.js';
import { everyCluster, scheduleId } from '../../jobs/schedule/schedule.js';
import { scheduleTexts } from '../../texts/schedules.js';
import type { Command } from '../commands/command-context.js';
import { defaultCluster, knownClusters } from '../commands/pick-clusters.js';
import { noticeView, refusalView } from '../kit/notices.js';
import { mayAskAbout, type ScheduleCommandPorts } from './schedule.js';
import { whatOf } from './schedule-words.js';

const { faults, told } = scheduleTexts;

/** `unschedule <cluster|all>`: ends the one that posts here. One of a cluster that is gone may be ended by anybody here. */
export const unscheduleCommand =
  (ports: ScheduleCommandPorts): Command =>
  async ({ command, who, channel, reply }) => {
    const { names } = ports.clusters;
    const cluster = command.words[0] ?? defaultCluster(ports, channel);
    if (cluster === undefined) throw new AcknetError('usage.invalid', faults.which(knownClusters(names)));
    const id = scheduleId(channel, cluster);
    const here = (await ports.schedules.all()).filter((one) => one.channel === channel && !one.ended);
    const schedule = here.find((one) => one.id === id);
    if (schedule === undefined)
      throw new AcknetError('usage.invalid', faults.none(cluster.slice(0, 80)), {
        hint:
          here.length === 0 ? faults.noneHere : faults.here(knownClusters(here.map((one) => one.cluster))),
      });
    if (schedule.name !== undefined)
      throw new AcknetError('usage.invalid', faults.inFile(schedule.name), { hint: faults.inFileHint });
    if (cluster === everyCluster || names.includes(cluster)) {
      const may = await mayAskAbout(ports, who, cluster);
      if (!may.ok) return reply(refusalView(may));
    }
    await ports.schedules.end(id, { why: 'removed', by: who });
    await reply(noticeView(told.unscheduled(whatOf(schedule))));
  };
