import { aboutNodes } from '../about-nodes.js';
import { defineCheck, type Judgement } from '../judging/define-check.js';
import { listed } from '../listed.js';
import { gatherSupply, supplyReads } from './address-supply.js';
import { interfaceDecides, judgeLeaks } from './cloud/judge-interfaces.js';
import { interfaceActions, seeInterfaces } from './cloud/see-interfaces.js';
import { eniQuotaMessages } from './quota/eni-quota-messages.js';
import { reportStuck } from './quota/report-stuck.js';
import { reportSuspects } from './quota/report-suspects.js';
import { faultEvidence, leftOpen, type SupplyFault, suppliedNodes, supplyFaults } from './supply-faults.js';
import { needsTerway } from './terway-config.js';

/** Source: FAQ "What should I do if pods still cannot be assigned IP addresses after I scale out a vSwitch…"; cluster-signals 8.1. */
export const eniQuotaExhausted = defineCheck({
  id: 'eni-quota-exhausted',
  title: 'No node is kept from ENIs by quota, security group, rights or metadata',
  area: 'terway',
  intents: ['vswitch-expanded-still-no-ip'],
  reads: supplyReads,
  appliesTo: needsTerway,
  cloud: {
    actions: interfaceActions,
    shows: 'the ENIs of each node, whether their quota is used up, and ENIs that are attached to nothing',
    settles: ['vswitch-expanded-still-no-ip'],
    decides: interfaceDecides,
    gather: seeInterfaces,
  },
  messages: eniQuotaMessages,

  gather: gatherSupply,

  judge(facts, report, context) {
    const { cloud, now } = context;
    const faults = supplyFaults(facts, context);
    const supplied = suppliedNodes(facts, context);
    const empty = faults.filter(({ kind }) => kind === 'vswitch-empty');
    reportStuck(report, facts.terwayNodes ?? [], { empty, supplied });
    reportRefusals(report, faults);
    if (cloud !== undefined) judgeLeaks(facts, cloud, { report, now });
    const suspects = reportSuspects(report, facts, { faults, supplied, cloud });
    if (!suspects && facts.config.daemon === undefined && empty.length > 0)
      report.unknown(
        'cluster.not-found',
        'ConfigMap kube-system/eni-config has no readable eni_conf: whether another vSwitch than the empty one is configured is not known',
      );
    const visible = facts.terwayNodes?.some(({ interfaces }) => interfaces.length > 0) === true;
    const settled = visible || faults.some(({ kind }) => kind !== 'unexplained');
    const open = leftOpen(facts, { faults, supplied, settled }, context);
    if (open !== undefined) report.unknown('check.no-evidence', open);
  },
});

/** By the name of what the cloud says. */
const refusals = [
  ['limit', 'eni-quota'],
  ['securityGroupFull', 'security-group-full'],
  ['denied', 'not-permitted'],
  ['metadataSilent', 'metadata-silent'],
] as const;

function reportRefusals(report: Judgement<typeof eniQuotaMessages>, faults: readonly SupplyFault[]): void {
  for (const [message, kind] of refusals) {
    const members = faults.filter((fault) => fault.kind === kind);
    const names = [...new Set(members.map(({ node }) => node ?? 'a node of a pod that is gone'))];
    if (members.length > 0)
      report.found(message, aboutNodes(names), {
        data: { nodes: names.length, names: listed(names) },
        evidence: faultEvidence(members),
        affects: { nodes: names },
      });
  }
}
