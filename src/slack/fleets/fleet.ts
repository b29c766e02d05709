import type { Approvals } from '../../approvals/create-approvals.js';
import { chooseChecks, isCheckId } from '../../checks/choose-checks.js';
import type { Check } from '../../checks/define-check.js';
import type { Clusters } from '../../cluster/ports.js';
import type { FleetFlow } from '../../jobs/fleet/create-fleet-flow.js';
import type { Command } from '../commands/command-context.js';
import { type ParsedCommand, usage } from '../commands/parse-command.js';
import { noticeView, refusalView } from '../kit/notices.js';

export interface FleetPorts {
  readonly approvals: Pick<Approvals, 'may' | 'allows'>;
  readonly clusters: Pick<Clusters, 'names'>;
  readonly checks: readonly Check[];
  readonly fleets: Pick<FleetFlow, 'start'>;
}

/** `fleet <check> [check…]`: the same checks on every cluster the asker may ask about. */
export const fleetCommand =
  (ports: FleetPorts): Command =>
  async ({ command, who, channel, threadTs, reply }) => {
    const checks = readChecks(ports, command);
    const { names } = ports.clusters;
    if (names.length === 0) return reply(noticeView('No clusters are configured.'));
    const answers = await Promise.all(
      names.map(async (name) => ({ name, may: await ports.approvals.allows('ask', who, name) })),
    );
    const refused = answers.flatMap(({ name, may }) => (may.ok ? [] : [{ name, may }]));
    if (refused[0] !== undefined && refused.length === answers.length) {
      // Now it is a refusal: audited, once.
      await ports.approvals.may('ask', who, refused[0].name);
      return reply(refusalView(refused[0].may));
    }
    await ports.fleets.start({
      checks,
      clusters: answers.filter(({ may }) => may.ok).map(({ name }) => name),
      leftOut: refused.map(({ name, may }) => ({ name, why: may.reason })),
      requestedBy: who,
      channel,
      threadTs,
    });
  };

function readChecks({ clusters, checks }: FleetPorts, command: ParsedCommand): string[] {
  const words = command.words.flatMap((word) => word.split(',')).filter((word) => word !== '');
  const stray = words.find((word) => !isCheckId(checks, word));
  if (stray !== undefined && clusters.names.includes(stray))
    throw usage('fleet', `It asks every cluster. For ${stray} alone: /acknet check ${command.rest}`);
  if (words.length === 0) throw usage('fleet', 'Which check?');
  return chooseChecks(checks, words).map(({ id }) => id);
}
