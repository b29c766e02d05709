import type { VSwitch } from '../../../cloud/views/v-switch.js';
import type { Evidence, Judgement } from '../../judging/define-check.js';
import { listed } from '../../listed.js';
import { inPrefixMode, type SupplyFacts, waitsForAddress } from '../address-supply.js';
import { vSwitchLookup } from '../dynamic-configs.js';
import { eniConfig } from '../terway-config.js';
import type { countMessages } from './count-messages.js';
import { type CountedVSwitches, countedAt } from './count-vswitches.js';
import { judgePlaces } from './judge-places.js';
import { strandedBy, type Use, usesOf, withoutFree } from './vswitch-uses.js';

type Report = Judgement<typeof countMessages>;

/** Ids that eni-config or a node's override name for nodes there are. */
export function wantedVSwitches({ config, dynamic, nodes }: SupplyFacts): readonly string[] {
  const lookup = vSwitchLookup(config.daemon, dynamic);
  return [...new Set(nodes.flatMap((node) => lookup(node) ?? []))];
}

/** Below this many a prefix of 16 addresses cannot be had; single addresses are taken one by one. */
const needOf = (facts: SupplyFacts): number => (inPrefixMode(facts.config) ? 16 : 1);

/** Whether every vSwitch that a node may use has room for all pods that wait: exhaustion is then ruled out. */
export function hasRoom(facts: SupplyFacts, counted: CountedVSwitches): boolean {
  const wanted = wantedVSwitches(facts);
  const waiting = facts.pods.filter(waitsForAddress).length;
  const enough = (id: string): boolean =>
    (counted.byId.get(id)?.free ?? -1) >= Math.max(needOf(facts), waiting);
  // A free count does not prove that a whole block of 16 is left.
  return !inPrefixMode(facts.config) && wanted.length > 0 && wanted.every(enough);
}

/** How many are left, where that denies what an event of the last hour says of the vSwitch. */
export function roomOf(
  id: string,
  facts: Pick<SupplyFacts, 'pods' | 'config'>,
  counted: CountedVSwitches | undefined,
): number | undefined {
  const free = counted?.byId.get(id)?.free;
  const waiting = facts.pods.filter(waitsForAddress).length;
  return free !== undefined && !inPrefixMode(facts.config) && free > 0 && free >= waiting ? free : undefined;
}

/**
 * `told` = vSwitches that the cluster's own signs call empty: said once is enough. Answers with the nodes whose waiting pods
 * are explained by what was counted.
 */
export function judgeCounts(
  facts: SupplyFacts,
  counted: CountedVSwitches,
  { report, told }: { readonly report: Report; readonly told: ReadonlySet<string> },
): ReadonlySet<string> {
  const explained = new Set<string>();
  for (const use of usesOf(facts)) {
    const stranded = strandedBy(use, { facts, counted, need: needOf(facts) });
    judgePlaces(use, counted, { report, stranded });
    for (const node of [...stranded, ...judgeFree(use, { facts, counted, report, told })])
      explained.add(node);
  }
  showSpare(facts, counted, report);
  for (const [id, why] of counted.unsettled)
    report.unknown('cloud.not-found', `vSwitch ${id} is not to be seen, and ${why}`, ['vSwitchGone']);
  showCounts(facts, counted, report);
  return explained;
}

interface Counting {
  readonly facts: SupplyFacts;
  readonly counted: CountedVSwitches;
  readonly report: Report;
  readonly told: ReadonlySet<string>;
}

function judgeFree(
  { source, zone, ids, nodes }: Use,
  { facts, counted, report, told }: Counting,
): readonly string[] {
  const known = ids.flatMap((id) => counted.byId.get(id) ?? []).filter(({ vpc }) => vpc === counted.vpc);
  const empty = known.filter(({ free }) => free < needOf(facts));
  if (empty.length === 0) return [];
  const at = countedAt(counted);
  const names = withoutFree(nodes, facts);
  const waiting = facts.pods.filter((pod) => waitsForAddress(pod) && names.includes(pod.node ?? ''));
  const evidence = empty.map((entry) => freeEvidence(entry, at));
  if (empty.length === ids.length && waiting.length > 0) {
    if (ids.some((id) => told.has(id))) return [];
    report.found('countedEmpty', source, {
      data: { zone, vSwitches: ids.join(', '), at, pods: waiting.length },
      evidence,
      affects: { nodes: names },
    });
    return names;
  }
  for (const entry of empty.filter(({ id }) => !told.has(id)))
    report.found('countedLow', eniConfig, {
      data: { vSwitch: entry.id, zone, free: entry.free, at },
      evidence: [freeEvidence(entry, at)],
    });
  return [];
}

function showCounts(facts: SupplyFacts, counted: CountedVSwitches, report: Report): void {
  const at = countedAt(counted);
  for (const id of wantedVSwitches(facts)) {
    const found = counted.byId.get(id);
    if (found !== undefined)
      report.fact({
        label: `Addresses left in ${id}`,
        value: `${found.free} of ${found.cidr} (${found.zone}), counted ${at}`,
        where: 'DescribeVSwitches, AvailableIpAddressCount',
      });
  }
}

const SPARE_SHOWN = 5;

/** Where a zone runs short: the vSwitches there that could be added, the roomiest first. */
function showSpare(facts: SupplyFacts, counted: CountedVSwitches, report: Report): void {
  const used = new Set(wantedVSwitches(facts));
  const short = counted.all.filter(({ id, free }) => used.has(id) && free < needOf(facts));
  for (const zone of new Set(short.map((entry) => entry.zone))) {
    const spare = counted.all
      .filter((entry) => entry.zone === zone && !used.has(entry.id) && entry.free >= needOf(facts))
      .toSorted((a, b) => b.free - a.free);
    report.fact({
      label: `Other vSwitches of ${zone} with free addresses`,
      value:
        listed(
          spare.map(({ id, free }) => `${id} (${free})`),
          SPARE_SHOWN,
        ) || 'none: create one first',
      where: `DescribeVSwitches, counted ${countedAt(counted)}`,
    });
  }
}

const freeEvidence = ({ id, free }: VSwitch, at: string): Evidence => ({
  where: `DescribeVSwitches, ${id}.AvailableIpAddressCount`,
  value: String(free),
  at,
});
