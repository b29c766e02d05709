import type { VSwitch } from '../../../cloud/views/v-switch.js';
import type { Evidence, Judgement } from '../../judging/define-check.js';
import type { countMessages } from './count-messages.js';
import type { CountedVSwitches } from './count-vswitches.js';
import type { Use } from './vswitch-uses.js';

/** vSwitches that are gone, or stand in another VPC or zone. `stranded` = nodes that no other one serves. */
export function judgePlaces(
  { source, zone, ids }: Use,
  { vpc, byId, gone }: CountedVSwitches,
  {
    report,
    stranded,
  }: { readonly report: Judgement<typeof countMessages>; readonly stranded: readonly string[] },
): void {
  const affects = { nodes: stranded };
  for (const id of ids) {
    const found = byId.get(id);
    const none = gone.get(id);
    if (none !== undefined)
      report.found('vSwitchGone', source, {
        data: { vSwitch: id, zone, configMap: source.name },
        evidence: [{ where: `DescribeVSwitchAttributes, ${id}`, value: none }],
        affects,
      });
    else if (found !== undefined && found.vpc !== vpc)
      report.found('otherVpc', source, {
        data: { vSwitch: id, zone, found: found.vpc, vpc },
        evidence: [placeEvidence(found)],
        affects,
      });
    else if (found !== undefined && found.zone !== zone)
      report.found('otherZone', source, {
        data: { vSwitch: id, zone, found: found.zone, configMap: source.name },
        evidence: [placeEvidence(found)],
        affects,
      });
  }
}

const placeEvidence = ({ id, zone, vpc }: VSwitch): Evidence => ({
  where: `DescribeVSwitches, ${id}`,
  value: `ZoneId ${zone}, VpcId ${vpc}`,
});
