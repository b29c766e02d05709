import { AcknetError } from '../../errors.js';
import type { RunningCheck } from '../../jobs/create-queues.js';
import type { Proposal } from '../../proposals/proposal.js';
import { groupRunning } from '../checks/group-running.js';
import type { SlackMessage } from '../kit/message.js';
import { nearestName } from '../kit/nearest-name.js';
import { refusalView } from '../kit/notices.js';
import type { Command, CommandContext } from './command-context.js';
import { helpView } from './help.js';
import {
  checksView,
  clustersView,
  explainCheckView,
  historyView,
  pendingView,
  type RunningLine,
  statusView,
} from './lists.js';
import { defaultCluster, pickClusters, unknownCluster } from './pick-clusters.js';
import { visible } from './visible-clusters.js';

export const help: Command = (context) =>
  context.reply(helpView(defaultCluster(context) ?? context.services.clusters.names[0] ?? 'cluster-x'));

export const checks: Command = (context) => context.reply(...checksView(context.services.checks));

export const clusters: Command = async (context) => {
  const { config } = context.services;
  const configured = Object.entries(config.clusters).map(([name, { readOnly, fixer }]) => ({
    ...{ name, cluster: name, readOnly },
    hasFixer: fixer !== undefined,
  }));
  return context.reply(...clustersView(await visible(context, configured)));
};

export const status: Command = async (context) => {
  const { queues, store } = context.services;
  const [running, open] = await Promise.all([queues.running(), store.open()]);
  const lines = await visible(context, groupRunning(running).flatMap(runningLine));
  return context.reply(...statusView(lines, await visible(context, open)));
};

/** One line, for a fleet too. */
function runningLine(runs: readonly RunningCheck[]): RunningLine[] {
  const first = runs.find(({ state }) => state === 'running') ?? runs[0];
  if (first === undefined) return [];
  const { job, state, since } = first;
  const fleet = job.fleet === undefined ? {} : { fleet: { checks: job.checks, left: runs.length } };
  return [{ cluster: job.cluster, state, requestedBy: job.requestedBy.user, since, ...fleet }];
}

export const pending: Command = (context) =>
  listChanges(context, (cluster) => context.services.store.open(cluster), pendingView);

const HISTORY = 25;

export const history: Command = (context) =>
  listChanges(context, (cluster) => context.services.store.history(cluster, HISTORY), historyView);

/** Those of the cluster named, refused where the person may not see it; else of all that the person may see. */
async function listChanges(
  context: CommandContext,
  read: (cluster: string | undefined) => Promise<readonly Proposal[]>,
  view: (changes: readonly Proposal[]) => readonly SlackMessage[],
): Promise<void> {
  const cluster = oneCluster(context);
  if (cluster === undefined) return context.reply(...view(await visible(context, await read(cluster))));
  const may = await context.services.approvals.maySee(context.who, cluster);
  return may.ok ? context.reply(...view(await read(cluster))) : context.reply(refusalView(may));
}

/** The cluster named, if any. */
function oneCluster(context: CommandContext): string | undefined {
  const { clusters: named, others } = pickClusters(context, context.command.words);
  if (others[0] !== undefined) throw unknownCluster(others[0], context.services.clusters.names);
  return named.length === 1 ? named[0] : undefined;
}

export const explain: Command = (context) => {
  const { checks: catalogue, remediations, catalog } = context.services;
  const [wanted = ''] = context.command.words;
  const check = catalogue.find(({ id }) => wanted === id || wanted.startsWith(`${id}.`));
  const findings = catalogue.flatMap(({ id, messages }) =>
    Object.keys(messages).map((key) => `${id}.${key}`),
  );
  if (check === undefined || (wanted !== check.id && !findings.includes(wanted))) {
    const near = nearestName(wanted, [...catalogue.map(({ id }) => id), ...findings]);
    throw new AcknetError('usage.invalid', `There is no check or finding "${wanted}".`, {
      hint: near === undefined ? '/acknet checks lists the checks.' : `Did you mean ${near}?`,
    });
  }
  return context.reply(
    ...explainCheckView(check, {
      remediations,
      entries: catalog.pick(check.intents).map(({ title }) => title),
      ...(wanted !== check.id && { finding: wanted }),
    }),
  );
};
