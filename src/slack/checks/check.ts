import { AcknetError } from '../../errors.js';
import type { Command, CommandContext } from '../commands/command-context.js';
import { usage } from '../commands/parse-command.js';
import { allClusters, defaultCluster, pickClusters, unknownCluster } from '../commands/pick-clusters.js';
import { nearestName } from '../kit/nearest-name.js';
import { noticeView, refusalView } from '../kit/notices.js';

/** `check <cluster…|all> [check…] [--ns a,b] [--node n]` */
export const check: Command = async (context) => {
  const { clusters, checks } = readRequest(context);
  for (const cluster of clusters) await start(context, cluster, checks);
};

function readRequest(context: CommandContext): { clusters: readonly string[]; checks: readonly string[] } {
  const { services, command } = context;
  const { clusters, others } = pickClusters(context, command.words);
  const catalogue = services.checks.map(({ id }) => id);
  const checks = others.filter((word) => catalogue.includes(word));
  const stray = others.find((word) => !catalogue.includes(word));
  if (stray !== undefined) throw strayWord(stray, services.clusters.names, catalogue);

  const fallback = defaultCluster(context);
  const chosen = clusters.length > 0 ? clusters : fallback === undefined ? [] : [fallback];
  if (chosen.length === 0)
    throw usage('check', `Which cluster? Known: ${services.clusters.names.join(', ')}, or ${allClusters}.`);
  return { clusters: [...new Set(chosen)], checks };
}

/** Neither a cluster nor a check: the nearer of the two is meant. */
function strayWord(word: string, clusters: readonly string[], checks: readonly string[]): AcknetError {
  const near = nearestName(word, [...clusters, allClusters, ...checks]);
  if (near === undefined || clusters.includes(near) || near === allClusters)
    return unknownCluster(word, [...clusters, allClusters]);
  return new AcknetError('usage.invalid', `There is no check "${word}".`, {
    hint: `Did you mean ${near}? /acknet checks lists them all.`,
  });
}

async function start(context: CommandContext, cluster: string, checks: readonly string[]): Promise<void> {
  const { services, who, channel, threadTs, command } = context;
  const may = await services.approvals.may('ask', who, cluster);
  if (!may.ok) return context.reply(refusalView(may));
  const { joined, at } = await services.queues.check({
    cluster,
    checks: [...checks],
    scope: {
      namespaces: (command.options.ns ?? '').split(',').filter((name) => name !== ''),
      ...(command.options.node !== undefined && { node: command.options.node }),
    },
    requestedBy: who,
    channel,
    ...(threadTs !== undefined && { threadTs }),
  });
  if (!joined) return;
  const where = at === undefined ? '' : await permalink(context, at);
  await context.reply(
    noticeView(`A check of ${cluster} is already under way; yours joins it.`, where || undefined),
  );
}

async function permalink({ services }: CommandContext, at: { channel: string; ts: string }): Promise<string> {
  const answer = await services.client.chat
    .getPermalink({ channel: at.channel, message_ts: at.ts })
    .catch(() => undefined);
  return answer?.permalink === undefined ? '' : `<${answer.permalink}|Its message>`;
}
