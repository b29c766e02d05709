import type { Approvals } from '../../approvals/create-approvals.js';
import { chooseChecks, isCheckId } from '../../checks/judging/choose-checks.js';
import type { Check } from '../../checks/judging/define-check.js';
import { checksOnPath, readPath } from '../../checks/judging/named-path.js';
import { isNarrowed, type RunScope } from '../../engine/checking/run-scope.js';
import { nearestName } from '../../nearest-name.js';
import { checkTexts, pathTexts } from '../../texts/checks.js';
import type { Command } from '../commands/command-context.js';
import { type ParsedCommand, usage } from '../commands/parse-command.js';
import {
  allClusters,
  type ClusterNaming,
  defaultCluster,
  knownClusters,
  pickClusters,
  unknownCluster,
} from '../commands/pick-clusters.js';
import { type StartFleetPorts, startFleet } from '../fleets/start-fleet.js';
import { type RequestCheckPorts, requestCheck } from './request-check.js';

interface CheckPorts extends RequestCheckPorts, ClusterNaming, Pick<StartFleetPorts, 'fleets'> {
  readonly approvals: Pick<Approvals, 'may' | 'allows'>;
  readonly checks: readonly Check[];
}

/** `check <cluster…|all> [check…] [--ns a,b] [--node n] [--from a --to b]`: a result a cluster, and one overview for all of them. */
export const checkCommand =
  (ports: CheckPorts): Command =>
  async ({ command, who, channel, threadTs, reply }) => {
    const scope = readScope(command);
    const { clusters, checks: named } = readRequest(ports, command, channel);
    const checks = checksOnPath(named, { path: scope.path, narrowed: isNarrowed(scope) });
    if (scope.path !== undefined && clusters.length > 1) throw usage('check', pathTexts.oneCluster);
    // A result each would bury the channel, and Slack takes one message a second.
    if (clusters.length > 1 && command.words.some((word) => word.split(',').includes(allClusters)))
      return startFleet(ports, { checks, scope, requestedBy: who, channel, threadTs }, reply);
    for (const cluster of clusters) {
      const request = { cluster, checks, scope, requestedBy: who, channel, threadTs };
      await requestCheck(ports, request, reply);
    }
  };

const readScope = ({ options }: ParsedCommand): RunScope => ({
  namespaces: (options.ns ?? '').split(',').filter((name) => name !== ''),
  node: options.node,
  path: readPath(options),
});

function readRequest(
  ports: CheckPorts,
  { words }: ParsedCommand,
  channel: string,
): { clusters: readonly string[]; checks: string[] } {
  const { names } = ports.clusters;
  const { clusters, others } = pickClusters(names, words);
  const stray = others.find((word) => !isCheckId(ports.checks, word));
  if (stray !== undefined && isMeantAsCluster(stray, ports))
    throw unknownCluster(stray, [...names, allClusters]);
  const checks = others.length === 0 ? [] : chooseChecks(ports.checks, others).map(({ id }) => id);

  const fallback = defaultCluster(ports, channel);
  const chosen = clusters.length > 0 ? clusters : fallback === undefined ? [] : [fallback];
  if (chosen.length === 0)
    throw usage('check', checkTexts.which(knownClusters(names), names.length > 1 ? allClusters : undefined));
  return { clusters: [...new Set(chosen)], checks };
}

/** Neither a cluster nor a check: the nearer of the two is meant. */
function isMeantAsCluster(word: string, { clusters, checks }: CheckPorts): boolean {
  const near = nearestName(word, [...clusters.names, allClusters, ...checks.map(({ id }) => id)]);
  return near === undefined || !isCheckId(checks, near);
}
