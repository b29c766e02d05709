import type { TerwayInterface, TerwayNodeView } from '../../../cluster/views/terway/terway-node.js';
import { aboutNodes } from '../../about-nodes.js';
import { groupBy } from '../../group-by.js';
import type { Evidence, Judgement } from '../../judging/define-check.js';
import { listed } from '../../listed.js';
import type { SupplyFault } from '../supply-faults.js';
import type { eniQuotaMessages } from './eni-quota-messages.js';

const SHOWN = 5;

/** Where Terway's own resource shows the ENIs: nodes that have no room for one on a vSwitch that was added. */
export function reportStuck(
  report: Judgement<typeof eniQuotaMessages>,
  nodes: readonly TerwayNodeView[],
  { empty, supplied }: { empty: readonly SupplyFault[]; supplied: ReadonlyMap<string, number> },
): void {
  const byNode = groupBy(empty, ({ node }) => node);
  const emptyAnywhere = stillEmpty(empty, supplied);
  const stuck = nodes.flatMap((node) => stuckOn(node, byNode.get(node.name) ?? [], emptyAnywhere));
  for (const members of groupBy(stuck, ({ old, added }) => `${old} ${added}`).values()) {
    const [{ old, added } = { old: '', added: '' }] = members;
    const names = members.map(({ node }) => node.name);
    report.found('oldInterfaces', aboutNodes(names), {
      data: { nodes: names.length, old, added, names: listed(names) },
      evidence: members.slice(0, SHOWN).map(({ node }) => interfacesEvidence(node)),
      affects: { nodes: names },
    });
  }
}

interface Stuck {
  readonly node: TerwayNodeView;
  readonly old: string;
  readonly added: string;
}

/** vSwitches that a node called empty and that has given no address since: on those a rotated node would fare no better. */
const stillEmpty = (
  empty: readonly SupplyFault[],
  supplied: ReadonlyMap<string, number>,
): ReadonlySet<string> =>
  new Set(
    empty
      .filter(({ node, time }) => (supplied.get(node ?? '') ?? 0) <= time)
      .flatMap(({ vSwitches }) => vSwitches),
  );

/**
 * Quota spent, every address taken from vSwitches that `faults` of this node call empty, and a configured one that no ENI
 * is on and nobody calls empty.
 */
function stuckOn(
  node: TerwayNodeView,
  faults: readonly SupplyFault[],
  emptyAnywhere: ReadonlySet<string>,
): readonly Stuck[] {
  const own = node.interfaces.filter(({ type, status }) => type !== 'Member' && status !== 'Deleting');
  const quota = node.eniQuota > 0 ? node.eniQuota : node.adapters - 1;
  const used = [...new Set(own.map(({ vSwitch }) => vSwitch))];
  const empty = new Set(faults.flatMap(({ vSwitches }) => vSwitches));
  const added = node.vSwitchOptions.filter(
    (option) => !used.includes(option) && !empty.has(option) && !emptyAnywhere.has(option),
  );
  const spent = quota > 0 && own.length >= quota;
  const starving = own.every(({ vSwitch, free }) => empty.has(vSwitch) && free === 0);
  return spent && starving && added.length > 0
    ? [{ node, old: used.join(', '), added: added.join(', ') }]
    : [];
}

const interfacesEvidence = ({ name, interfaces, vSwitchOptions, eniQuota }: TerwayNodeView): Evidence => ({
  where: `nodes.network.alibabacloud.com ${name}, status.networkInterfaces and spec.eni.vSwitchOptions`,
  value: `${interfaces.length} of ${eniQuota} ENIs: ${interfaces.map(shortInterface).join(', ')}; configured: ${vSwitchOptions.join(', ')}`,
});

const shortInterface = ({ id, vSwitch, free }: TerwayInterface): string =>
  `${id} on ${vSwitch} (${free} free)`;
