import { count } from '../../texts/count.js';
import { groupBy } from '../group-by.js';
import { defineCheck } from '../judging/define-check.js';
import { listed } from '../listed.js';
import { zoneOf } from '../node-kinds.js';
import { gatherSupply, type SupplyFacts, supplyReads, waitsForAddress } from './address-supply.js';
import { countDecides, countMessages } from './cloud/count-messages.js';
import { countedAt, countVSwitches, vSwitchCountActions } from './cloud/count-vswitches.js';
import { hasRoom, judgeCounts, roomOf, wantedVSwitches } from './cloud/judge-counts.js';
import { unreadOverrides, vSwitchLookup } from './dynamic-configs.js';
import { faultEvidence, leftOpen, type SupplyFault, suppliedNodes, supplyFaults } from './supply-faults.js';
import { eniConfig, needsTerway, podVSwitches } from './terway-config.js';

const UNNAMED = '(id not told)';

/** Source: FAQ "What should I do if a vSwitch runs out of IP resources in Terway network mode?"; cluster-signals 2.7 to 2.11. */
export const vSwitchAddressesExhausted = defineCheck({
  id: 'vswitch-addresses-exhausted',
  title: 'No pod vSwitch is out of addresses',
  area: 'terway',
  intents: ['vswitch-ip-exhausted'],
  reads: supplyReads,
  appliesTo: needsTerway,
  cloud: {
    actions: vSwitchCountActions,
    shows: 'how many addresses each pod vSwitch has left, and which no longer exist',
    settles: ['vswitch-ip-exhausted'],
    decides: countDecides,
    gather: (cloud, facts: SupplyFacts) => countVSwitches(cloud, wantedVSwitches(facts)),
  },
  messages: {
    ...countMessages,
    exhausted: {
      severity: 'problem',
      text: 'vSwitch {vSwitch} (zone {zone}) has no free address left: {nodes} {nodes:node gets|nodes get} none from it, and {pods} {pods:pod waits|pods wait} there. Add a vSwitch of the same zone.',
      explains: ['pod-waiting', 'warning'],
      mends: 'pod vSwitches',
    },
    exhaustedBesideOthers: {
      severity: 'problem',
      text: 'vSwitch {vSwitch} (zone {zone}) has no free address left: {nodes} {nodes:node gets|nodes get} none from it, and {pods} {pods:pod waits|pods wait} there. {others} is configured there too, so a further vSwitch is not what lacks: either Terway there started before that was set, or the ENI quota of {nodes:the node|the nodes} is spent on {vSwitch}.',
      intent: 'vswitch-expanded-still-no-ip',
      explains: ['pod-waiting', 'warning'],
      mends: 'ENIs of the node',
      proof: 'open',
    },
    dedicatedExhausted: {
      severity: 'problem',
      text: 'vSwitch {vSwitch}, which ConfigMap {configMap} sets for its nodes, has no free address left: {nodes} {nodes:node gets|nodes get} none from it, and {pods} {pods:pod waits|pods wait} there. Add a vSwitch of zone {zone} in that ConfigMap.',
      explains: ['pod-waiting', 'warning'],
      mends: 'pod vSwitches',
    },
    unlistedExhausted: {
      severity: 'problem',
      text: 'vSwitch {vSwitch} has no free address left, and Terway is not configured to use it: {nodes} {nodes:node still does|nodes still do} (an old ENI, a zone without a pod vSwitch, or a PodNetworking), and {pods} {pods:pod waits|pods wait} there.',
      intent: 'pod-ip-outside-vswitch',
      explains: ['pod-waiting', 'warning'],
      mends: 'ENIs of the node',
      proof: 'open',
    },
    recovered: {
      severity: 'advice',
      text: 'vSwitch {vSwitch} (zone {zone}) had no free address at {at}; the nodes concerned have given addresses since. It is close to its end.',
    },
  },

  gather: gatherSupply,

  judge(facts, report, context) {
    const faults = supplyFaults(facts, context);
    const supplied = suppliedNodes(facts, context);
    for (const [zone, ids] of podVSwitches(facts.config.daemon))
      report.fact({ label: `Pod vSwitches of ${zone}`, value: ids.join(', ') || 'none' });
    if (facts.logs !== undefined)
      report.fact({
        label: 'Terway logs read',
        value: `${facts.logs.logs.length} of ${count(facts.logs.of, 'pod')} sampled`,
      });

    const empty = faults.filter(({ kind }) => kind === 'vswitch-empty');
    for (const [vSwitch, members] of byVSwitch(empty)) {
      const { zone, source } = origin(vSwitch, members, facts);
      const told = { vSwitch, zone, nodes: nodesOf(members).length, pods: waitingOn(members, facts) };
      const evidence = faultEvidence(members);
      const affects = { nodes: nodesOf(members) };
      const others =
        source === 'eni-config' && vSwitch !== UNNAMED ? othersOf(nodesOf(members), { empty, facts }) : [];
      const room = roomOf(vSwitch, facts, context.cloud);
      if (room !== undefined && context.cloud !== undefined) {
        report.found('roomAgain', eniConfig, {
          data: { vSwitch, since: members[0]?.at ?? '', free: room, at: countedAt(context.cloud) },
          evidence,
        });
        if (told.pods > 0)
          report.unknown(
            'check.no-evidence',
            `${count(told.pods, 'pod')} still ${told.pods === 1 ? 'waits' : 'wait'} there: that ${vSwitch} is empty is not why any more, and Terway's next try has not shown yet`,
            ['exhausted'],
          );
      } else if (hasRecovered(members, supplied))
        report.found('recovered', eniConfig, { data: { vSwitch, zone, at: members[0]?.at ?? '' }, evidence });
      else if (others.length > 0)
        report.found('exhaustedBesideOthers', eniConfig, {
          data: { ...told, others: listed(others) },
          evidence,
          affects,
        });
      else if (source === 'unlisted')
        report.found('unlistedExhausted', eniConfig, { data: told, evidence, affects });
      else if (source === 'eni-config')
        report.found('exhausted', eniConfig, { data: told, evidence, affects });
      else
        report.found(
          'dedicatedExhausted',
          { ...eniConfig, name: source },
          { data: { ...told, configMap: source }, evidence, affects },
        );
    }

    const { cloud } = context;
    const empties = new Set(empty.flatMap(({ vSwitches }) => vSwitches));
    const explained = cloud === undefined ? none : judgeCounts(facts, cloud, { report, told: empties });
    const settled = empty.length > 0 || explained.size > 0 || (cloud !== undefined && hasRoom(facts, cloud));
    const left = { ...facts, pods: facts.pods.filter(({ node }) => !explained.has(node ?? '')) };
    const open = leftOpen(left, { faults, supplied, settled }, context);
    if (open !== undefined) report.unknown('check.no-evidence', open);
  },
});

const none: ReadonlySet<string> = new Set();

function byVSwitch(faults: readonly SupplyFault[]): ReadonlyMap<string, readonly SupplyFault[]> {
  const each = faults.flatMap((fault) =>
    (fault.vSwitches.length > 0 ? fault.vSwitches : [UNNAMED]).map((id) => ({ id, fault })),
  );
  const groups = groupBy(each, ({ id }) => id);
  return new Map([...groups].map(([id, members]) => [id, members.map(({ fault }) => fault)]));
}

/** Where the vSwitch is configured. What could not be read is no ground to call it unlisted. */
function origin(
  vSwitch: string,
  members: readonly SupplyFault[],
  { config, dynamic, nodes }: SupplyFacts,
): { zone: string; source: string } {
  const listedIn = (zones: ReadonlyMap<string, readonly string[]>): string | undefined =>
    [...zones].find(([, ids]) => ids.includes(vSwitch))?.[0];
  const zone = listedIn(podVSwitches(config.daemon));
  if (zone !== undefined) return { zone, source: 'eni-config' };

  const own = dynamic.find(({ daemon }) => listedIn(podVSwitches(daemon)) !== undefined);
  if (own !== undefined) return { zone: listedIn(podVSwitches(own.daemon)) ?? '', source: own.name };

  const names = new Set(members.flatMap(({ node }) => node ?? []));
  const zones = new Set(nodes.filter(({ name }) => names.has(name)).map(zoneOf));
  const known = config.daemon !== undefined && unreadOverrides(dynamic) === undefined;
  return {
    zone: [...zones].filter(Boolean).join(', ') || 'unknown',
    source: known && vSwitch !== UNNAMED ? 'unlisted' : 'eni-config',
  };
}

/**
 * vSwitches that every node concerned may use as well and that nothing calls empty: adding one more is then no remedy.
 * A node whose override could not be read has none that are known.
 */
function othersOf(
  names: readonly string[],
  { empty, facts }: { readonly empty: readonly SupplyFault[]; readonly facts: SupplyFacts },
): readonly string[] {
  const spent = new Set(empty.flatMap(({ vSwitches }) => vSwitches));
  const vSwitchesOf = vSwitchLookup(facts.config.daemon, facts.dynamic);
  const usable = facts.nodes
    .filter(({ name }) => names.includes(name))
    .map((node) => (vSwitchesOf(node) ?? []).filter((id) => !spent.has(id)));
  return usable.length > 0 && usable.every((ids) => ids.length > 0) ? [...new Set(usable.flat())] : [];
}

/** Every node concerned has given an address after its last failure; members stand newest first. */
function hasRecovered(members: readonly SupplyFault[], supplied: ReadonlyMap<string, number>): boolean {
  const nodes = groupBy(members, ({ node }) => node);
  return [...nodes].every(
    ([node, [last]]) => node !== undefined && last !== undefined && (supplied.get(node) ?? 0) > last.time,
  );
}

const nodesOf = (members: readonly SupplyFault[]): readonly string[] => [
  ...new Set(members.flatMap(({ node }) => node ?? [])),
];

function waitingOn(members: readonly SupplyFault[], { pods }: SupplyFacts): number {
  const nodes = new Set(members.map(({ node }) => node));
  return pods.filter((pod) => waitsForAddress(pod) && nodes.has(pod.node)).length;
}
