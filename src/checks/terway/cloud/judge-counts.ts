import type { VSwitch } from '../../../cloud/views/v-switch.js';
import type { ObjectRef } from '../../../cluster/ports.js';
import type { NodeView } from '../../../cluster/views/node.js';
import type { TerwayNodeView } from '../../../cluster/views/terway/terway-node.js';
import type { Evidence, Judgement, MessageTemplate } from '../../judging/define-check.js';
import { listed } from '../../listed.js';
import { zoneOf } from '../../node-kinds.js';
import { inPrefixMode, type SupplyFacts, waitsForAddress } from '../address-supply.js';
import { vSwitchLookup, vSwitchSource } from '../dynamic-configs.js';
import { eniConfig } from '../terway-config.js';
import { type CountedVSwitches, countedAt } from './count-vswitches.js';

/** What only the cloud can bring about the pod vSwitches. */
export const countMessages = {
  countedEmpty: {
    severity: 'problem',
    text: 'No pod vSwitch of zone {zone} has a free address ({vSwitches}; counted {at}), and {pods} {pods:pod waits|pods wait} there. Add a vSwitch of the same zone.',
    explains: ['pod-waiting', 'warning'],
    mends: 'pod vSwitches',
  },
  vSwitchGone: {
    severity: 'problem',
    text: 'Pod vSwitch {vSwitch} of zone {zone} does not exist in the account (any more): Terway gets no ENI there. Take it out of {configMap}, or name the one that was meant.',
    explains: ['pod-waiting', 'warning'],
    mends: 'pod vSwitches',
  },
  otherVpc: {
    severity: 'problem',
    text: 'Pod vSwitch {vSwitch} of zone {zone} is in VPC {found}, and the cluster is in {vpc}: no ENI of a node can be made there.',
    explains: ['pod-waiting', 'warning'],
    mends: 'pod vSwitches',
  },
  otherZone: {
    severity: 'problem',
    text: 'Pod vSwitch {vSwitch} stands under zone {zone} in {configMap}, and is in zone {found}: no ENI of a node in {zone} can be made there.',
    explains: ['pod-waiting', 'warning'],
    mends: 'pod vSwitches',
  },
  countedLow: {
    severity: 'advice',
    text: 'vSwitch {vSwitch} (zone {zone}) has {free} free {free:address|addresses} (counted {at}): the next pods take them from another pod vSwitch of the zone, or wait.',
  },
  roomAgain: {
    severity: 'advice',
    text: 'vSwitch {vSwitch} had no free address at {since}, and has {free} now (counted {at}). Terway tries again by itself.',
  },
} as const satisfies Record<string, MessageTemplate>;

export const countDecides = [
  'countedEmpty',
  'vSwitchGone',
  'otherVpc',
  'otherZone',
  'countedLow',
  'roomAgain',
] as const;

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
    judgePlace(use, counted, report);
    for (const node of judgeFree(use, { facts, counted, report, told })) explained.add(node);
  }
  showSpare(facts, counted, report);
  for (const [id, why] of counted.unsettled)
    report.unknown('cloud.not-found', `vSwitch ${id} is not to be seen, and ${why}`, ['vSwitchGone']);
  showCounts(facts, counted, report);
  return explained;
}

/** The vSwitches that nodes of one zone may use. */
interface Use {
  /** The ConfigMap that names them. */
  readonly source: ObjectRef;
  readonly zone: string;
  readonly ids: readonly string[];
  readonly nodes: readonly NodeView[];
}

function usesOf({ config, dynamic, nodes }: SupplyFacts): readonly Use[] {
  const lookup = vSwitchLookup(config.daemon, dynamic);
  const sourceOf = vSwitchSource(dynamic);
  const uses = new Map<string, Use & { nodes: NodeView[] }>();
  for (const node of nodes) {
    const ids = lookup(node) ?? [];
    const source = sourceOf(node);
    const key = `${source.name} ${zoneOf(node)} ${ids.join()}`;
    const use = uses.get(key) ?? { source, zone: zoneOf(node), ids, nodes: [] };
    use.nodes.push(node);
    uses.set(key, use);
  }
  return [...uses.values()];
}

function judgePlace({ source, zone, ids }: Use, { vpc, byId, gone }: CountedVSwitches, report: Report): void {
  for (const id of ids) {
    const found = byId.get(id);
    const none = gone.get(id);
    if (none !== undefined)
      report.found('vSwitchGone', source, {
        data: { vSwitch: id, zone, configMap: source.name },
        evidence: [{ where: `DescribeVSwitchAttributes, ${id}`, value: none }],
      });
    else if (found !== undefined && found.vpc !== vpc)
      report.found('otherVpc', source, {
        data: { vSwitch: id, zone, found: found.vpc, vpc },
        evidence: [placeEvidence(found)],
      });
    else if (found !== undefined && found.zone !== zone)
      report.found('otherZone', source, {
        data: { vSwitch: id, zone, found: found.zone, configMap: source.name },
        evidence: [placeEvidence(found)],
      });
  }
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
  // A card with a free address gives the next pod one, whatever the vSwitch has.
  const supplied = new Set((facts.terwayNodes ?? []).filter(holdsFree).map(({ name }) => name));
  const names = nodes.map(({ name }) => name).filter((name) => !supplied.has(name));
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

const holdsFree = ({ interfaces }: TerwayNodeView): boolean => interfaces.some(({ free }) => free > 0);

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

const placeEvidence = ({ id, zone, vpc }: VSwitch): Evidence => ({
  where: `DescribeVSwitches, ${id}`,
  value: `ZoneId ${zone}, VpcId ${vpc}`,
});
