import { noticeView, refusalView } from '../views/notices.js';
import type { Command } from './command-context.js';
import { pickClusters, unknownCluster } from './pick-clusters.js';

/** `cancel [cluster]`: without one, the asker's own checks. */
export const cancel: Command = async (context) => {
  const { services, command, who } = context;
  const { clusters, others } = pickClusters(context, command.words);
  if (others[0] !== undefined) throw unknownCluster(others[0], services.clusters.names);
  const wanted = (await services.queues.running()).filter(({ job }) =>
    clusters.length > 0 ? clusters.includes(job.cluster) : job.requestedBy.user === who.user,
  );
  if (wanted.length === 0)
    return context.reply(
      noticeView(
        clusters.length > 0
          ? 'No check runs there.'
          : 'You have no check under way. Name a cluster to cancel another’s.',
      ),
    );
  for (const { runId, job } of wanted) {
    const may = await services.approvals.may('ask', who, job.cluster);
    if (!may.ok) {
      await context.reply(refusalView(may));
      continue;
    }
    await services.queues.cancelCheck(runId);
    await context.reply(noticeView(`The check of ${job.cluster} is being cancelled.`));
  }
};
