import { chooseChecks, isCheckId } from '../../checks/judging/choose-checks.js';
import type { Check } from '../../checks/judging/define-check.js';
import { checksOnPath } from '../../checks/judging/named-path.js';
import { fleetTexts } from '../../texts/fleets.js';
import type { Command } from '../commands/command-context.js';
import { type ParsedCommand, usage } from '../commands/parse-command.js';
import { type StartFleetPorts, startFleet } from './start-fleet.js';

export interface FleetPorts extends StartFleetPorts {
  readonly checks: readonly Check[];
}

/** `fleet <check> [check…]`: the same checks on every cluster the asker may ask about. */
export const fleetCommand =
  (ports: FleetPorts): Command =>
  async ({ command, who, channel, threadTs, reply }) => {
    const checks = readChecks(ports, command);
    await startFleet(ports, { checks, requestedBy: who, channel, threadTs }, reply);
  };

function readChecks({ clusters, checks }: FleetPorts, command: ParsedCommand): string[] {
  const words = command.words.flatMap((word) => word.split(',')).filter((word) => word !== '');
  const stray = words.find((word) => !isCheckId(checks, word));
  if (stray !== undefined && clusters.names.includes(stray))
    throw usage('fleet', fleetTexts.asksEvery(stray, command.rest));
  if (words.length === 0) throw usage('fleet', fleetTexts.whichCheck);
  const ids = chooseChecks(checks, words).map(({ id }) => id);
  return checksOnPath(ids, { path: undefined, narrowed: false });
}
