import type { Approvals } from '../../approvals/create-approvals.js';
import type { Rebind } from '../../approvals/create-rebind.js';
import { shortUid } from '../../cluster/identity/cluster-uid.js';
import type { Clusters } from '../../cluster/ports.js';
import { commandTexts } from '../../texts/commands.js';
import { noticeView, refusalView } from '../kit/notices.js';
import type { Command } from './command-context.js';
import { usage } from './parse-command.js';
import { pickClusters, unknownCluster } from './pick-clusters.js';

interface RebindPorts {
  readonly approvals: Pick<Approvals, 'may'>;
  readonly clusters: Pick<Clusters, 'names'>;
  readonly rebind: Rebind;
}

/** `rebind <cluster>`: what answers to that name now is meant. */
export const rebindCommand =
  ({ approvals, clusters: { names }, rebind }: RebindPorts): Command =>
  async ({ command, who, reply }) => {
    const may = await approvals.may('maintain', who);
    if (!may.ok) return reply(refusalView(may));
    const { clusters, others } = pickClusters(names, command.words);
    if (others[0] !== undefined) throw unknownCluster(others[0], names);
    const [cluster] = clusters;
    if (cluster === undefined || clusters.length > 1) throw usage('rebind', commandTexts.rebind.nameOne);
    const { before, uid } = await rebind(cluster, who);
    return reply(
      noticeView(
        before === uid
          ? commandTexts.rebind.same({ cluster, uid: shortUid(uid) })
          : commandTexts.rebind.bound({
              cluster,
              uid: shortUid(uid),
              before: before === undefined ? undefined : shortUid(before),
            }),
      ),
    );
  };
