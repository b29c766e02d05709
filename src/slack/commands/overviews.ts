import type { Check } from '../../checks/judging/define-check.js';
import type { Clusters } from '../../cluster/ports.js';
import type { Config } from '../../config/config.js';
import type { Queues, RunningCheck } from '../../jobs/queues/queues.js';
import type { ProposalStore } from '../../proposals/ports.js';
import type { MessageRef, Proposal } from '../../proposals/proposal.js';
import type { Remediation } from '../../remediations/define-remediation.js';
import { commandTexts } from '../../texts/commands.js';
import { groupRunning } from '../checks/group-running.js';
import { type LinkedCard, linkedCards } from '../fixes/linked-cards.js';
import type { SlackMessage } from '../kit/message.js';
import { noticeView, refusalView } from '../kit/notices.js';
import type { IntentCatalogue } from '../questions/intent-catalogue.js';
import type { Command } from './command-context.js';
import { helpView } from './help.js';
import { checksView, clustersView, historyView, pendingView, type RunningLine, statusView } from './lists.js';
import { pickClusters, unknownCluster } from './pick-clusters.js';
import { clusterToTry, type SightPorts, type TryPorts, visible } from './visible-clusters.js';

export const helpCommand =
  (ports: TryPorts): Command =>
  async ({ who, channel, reply }) =>
    reply(helpView(await clusterToTry(ports, { who, channel })));

export const checksCommand =
  ({ checks }: { readonly checks: readonly Check[] }): Command =>
  ({ reply }) =>
    reply(...checksView(checks));

interface ClustersPorts extends SightPorts {
  readonly config: Pick<Config, 'clusters'>;
}

export const clustersCommand =
  (ports: ClustersPorts): Command =>
  async ({ who, reply }) => {
    const configured = Object.entries(ports.config.clusters).map(([name, { readOnly, fixer }]) => ({
      name,
      cluster: name,
      readOnly,
      hasFixer: fixer !== undefined,
    }));
    const seen = await visible(ports, who, configured);
    return reply(...clustersView(seen, configured.length));
  };

interface CardLinks {
  readonly permalink: (at: MessageRef) => Promise<string | undefined>;
}

const LINKED = 25;
const listed = ({ permalink }: CardLinks, changes: readonly Proposal[]) =>
  linkedCards(changes, { linkTo: permalink, most: LINKED });

interface StatusPorts extends SightPorts, CardLinks {
  readonly queues: Pick<Queues, 'running'>;
  readonly store: Pick<ProposalStore, 'open'>;
}

export const statusCommand =
  (ports: StatusPorts): Command =>
  async ({ who, reply }) => {
    const [running, open] = await Promise.all([ports.queues.running(), ports.store.open()]);
    const lines = await visible(ports, who, groupRunning(running).flatMap(runningLine));
    return reply(...statusView(lines, await listed(ports, await visible(ports, who, open))));
  };

/** One line, for a fleet too. */
function runningLine(runs: readonly RunningCheck[]): RunningLine[] {
  const first = runs.find(({ state }) => state === 'running') ?? runs[0];
  if (first === undefined) return [];
  const { job, state, since } = first;
  const fleet = job.fleet === undefined ? {} : { fleet: { checks: job.checks, left: runs.length } };
  return [{ cluster: job.cluster, state, requestedBy: job.requestedBy?.user, since, ...fleet }];
}

interface ChangesPorts extends SightPorts, CardLinks {
  readonly clusters: Pick<Clusters, 'names'>;
  readonly store: Pick<ProposalStore, 'open' | 'history'>;
}

export const pendingCommand = (ports: ChangesPorts): Command =>
  listChanges(ports, (cluster) => ports.store.open(cluster), pendingView);

const HISTORY = 25;

export const historyCommand = (ports: ChangesPorts): Command =>
  listChanges(ports, (cluster) => ports.store.history(cluster, HISTORY), historyView);

/** Those of the cluster named, refused where the person may not see it; else of all that the person may see. */
function listChanges(
  ports: ChangesPorts,
  read: (cluster: string | undefined) => Promise<readonly Proposal[]>,
  view: (changes: readonly LinkedCard[]) => readonly SlackMessage[],
): Command {
  return async ({ command, who, reply }) => {
    const cluster = oneCluster(ports.clusters.names, command.words);
    const may = cluster === undefined ? undefined : await ports.approvals.maySee(who, cluster);
    if (may?.ok === false) return reply(refusalView(may));
    const changes = await read(cluster);
    const shown = cluster === undefined ? await visible(ports, who, changes) : changes;
    return reply(...view(await listed(ports, shown)));
  };
}

/** The cluster named, if any. */
function oneCluster(names: readonly string[], words: readonly string[]): string | undefined {
  const { clusters: named, others } = pickClusters(names, words);
  if (others[0] !== undefined) throw unknownCluster(others[0], names);
  return named.length === 1 ? named[0] : undefined;
}

interface VersionPorts {
  readonly version: string;
  readonly checks: readonly Check[];
  readonly remediations: readonly Remediation[];
  readonly catalogue: Pick<IntentCatalogue, 'all'>;
}

export const versionCommand =
  ({ version, checks, remediations, catalogue }: VersionPorts): Command =>
  ({ reply }) => {
    const sizes = { entries: catalogue.all.length, checks: checks.length, fixes: remediations.length };
    return reply(noticeView(commandTexts.version({ version, ...sizes })));
  };
