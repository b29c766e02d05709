import type { Clusters } from '../../cluster/ports.js';
import type { Queues, RunningCheck } from '../../jobs/queues/queues.js';
import { checkTexts } from '../../texts/checks.js';
import type { Command } from '../commands/command-context.js';
import { pickClusters, unknownCluster } from '../commands/pick-clusters.js';
import { noticeView, refusalView } from '../kit/notices.js';
import { type CancelPorts, cancelChecks } from './cancel-checks.js';
import { groupRunning } from './group-running.js';

interface CancelCommandPorts extends CancelPorts {
  readonly clusters: Pick<Clusters, 'names'>;
  readonly queues: Pick<Queues, 'cancelCheck' | 'running'>;
}

/** `cancel [cluster]`: without one, the asker's own checks. */
export const cancelCommand =
  (ports: CancelCommandPorts): Command =>
  async ({ command, who, reply }) => {
    const { clusters, others } = pickClusters(ports.clusters.names, command.words);
    if (others[0] !== undefined) throw unknownCluster(others[0], ports.clusters.names);
    const wanted = (await ports.queues.running()).filter(({ job }) =>
      clusters.length > 0
        ? clusters.includes(job.cluster)
        : job.requestedBy?.user === who.user && job.schedule === undefined,
    );
    if (wanted.length === 0)
      return reply(
        noticeView(clusters.length > 0 ? checkTexts.cancel.noneThere : checkTexts.cancel.noneOfYours),
      );
    for (const runs of groupRunning(wanted)) {
      const refusal = await cancelChecks(ports, who, runs);
      await reply(refusal === undefined ? noticeView(cancelling(runs)) : refusalView(refusal));
    }
  };

const cancelling = ([first, ...others]: readonly RunningCheck[]): string =>
  first === undefined || others.length > 0
    ? checkTexts.cancel.several(others.length + 1)
    : checkTexts.cancel.one(first.job.cluster);
