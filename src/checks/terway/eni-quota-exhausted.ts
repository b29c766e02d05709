import type { TerwayInterface, TerwayNodeView } from '../../cluster/views/terway/terway-node.js';
import { aboutNodes } from '../about-nodes.js';
import { defineCheck, type Evidence, type Judgement, type MessageTemplate } from '../judging/define-check.js';
import { groupBy } from '../group-by.js';
import { listed } from '../listed.js';
import { gatherSupply, type SupplyFacts, supplyReads } from './address-supply.js';
import {
  cardsEvidence,
  interfaceDecides,
  interfaceMessages,
  judgeLeaks,
  settleQuota,
} from './cloud/judge-interfaces.js';
import { interfaceActions, type SeenInterfaces, seeInterfaces } from './cloud/see-interfaces.js';
import { vSwitchLookup } from './dynamic-configs.js';
import { faultEvidence, leftOpen, type SupplyFault, suppliedNodes, supplyFaults } from './supply-faults.js';
import { eniConfig, needsTerway } from './terway-config.js';
import { isTerwayPod, startEvidence, writeEvidence } from './terway-pods.js';

const SHOWN = 5;

const messages = {
  ...interfaceMessages,
  oldInterfaces: {
    severity: 'problem',
    text: '{nodes} {nodes:node has used up its|nodes have used up their} ENI quota on vSwitches without free addresses ({old}), so {added} cannot take effect there. Rotate {nodes:this node|these nodes}: {names}.',
    explains: ['pod-waiting', 'warning'],
    mends: 'ENIs of the node',
    proof: 'state',
  },
  limit: {
    severity: 'problem',
    text: 'The cloud refuses a further ENI on {nodes} {nodes:node|nodes} (EniPerInstanceLimitExceeded): {names}. The pods there get addresses of the ENIs that are attached, or none.',
    explains: ['pod-waiting', 'warning'],
    mends: 'ENIs of the node',
  },
  securityGroupFull: {
    severity: 'problem',
    text: 'A security group takes no further ENI (SecurityGroupInstanceLimitExceed), so {nodes} {nodes:node gets|nodes get} no new addresses: {names}.',
    explains: ['pod-waiting', 'warning'],
    mends: 'security group',
  },
  denied: {
    severity: 'problem',
    text: 'Terway may not call the cloud API (Forbidden.RAM), so {nodes} {nodes:node gets|nodes get} no new ENIs or addresses: {names}. Look at the RAM role of Terway.',
    explains: ['pod-waiting', 'warning'],
    mends: 'cloud permission',
  },
  metadataSilent: {
    severity: 'problem',
    text: 'The metadata service of the instance (100.100.100.200) does not answer Terway on {nodes} {nodes:node, so it gets|nodes, so they get} no new ENIs or addresses: {names}. Look at what blocks that address there: routes, iptables, security software.',
    intent: null,
    explains: ['pod-waiting', 'warning'],
    mends: 'way to the metadata service',
  },
  suspected: {
    severity: 'advice',
    text: '{nodes} {nodes:node finds|nodes find} vSwitch {old} empty although {other} of the same zone is configured: either Terway there was not restarted after the change, or {nodes:its|their} ENI quota is used up.',
  },
} as const satisfies Record<string, MessageTemplate>;

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
  messages,

  gather: gatherSupply,

  judge(facts, report, context) {
    const faults = supplyFaults(facts, context);
    const supplied = suppliedNodes(facts, context);
    const emptyByNode = groupBy(
      faults.filter(({ kind }) => kind === 'vswitch-empty'),
      ({ node }) => node,
    );
    const emptyAnywhere = stillEmpty(faults, supplied);
    const stuck = (facts.terwayNodes ?? []).flatMap((node) =>
      stuckOn(node, emptyByNode.get(node.name) ?? [], emptyAnywhere),
    );
    for (const [pair, members] of groupBy(stuck, ({ old, added }) => `${old} -> ${added}`)) {
      const [old = '', added = ''] = pair.split(' -> ');
      const names = members.map(({ node }) => node.name);
      report.found('oldInterfaces', aboutNodes(names), {
        data: { nodes: names.length, old, added, names: listed(names) },
        evidence: members.slice(0, SHOWN).map(({ node }) => interfacesEvidence(node)),
        affects: { nodes: names },
      });
    }

    const refusals = [
      ['limit', 'eni-quota'],
      ['securityGroupFull', 'security-group-full'],
      ['denied', 'not-permitted'],
      ['metadataSilent', 'metadata-silent'],
    ] as const;
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

    const { cloud } = context;
    if (cloud !== undefined) judgeLeaks(facts, cloud, { report, now: context.now });
    const settledBy = (suspect: Suspect) =>
      cloud === undefined ? 'open' : settleQuota(suspect, facts, cloud);
    const all = suspected(facts, faults, supplied);
    if (cloud !== undefined)
      reportSpent(
        all.filter((suspect) => settledBy(suspect) === 'confirmed'),
        { facts, cloud, report },
      );
    const suspects = all.filter((suspect) => settledBy(suspect) === 'open');
    if (suspects.length > 0) {
      report.found('suspected', eniConfig, suspicion(facts, suspects));
      report.unknown(
        'check.no-evidence',
        `Without ipam_type crd Kubernetes does not show the ENIs of a node: whether ${listed(suspects.map(({ node }) => node))} reached the quota is in the ECS console`,
      );
    }
    if (suspects.length === 0 && facts.config.daemon === undefined && emptyByNode.size > 0)
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

type Report = Judgement<typeof messages>;

/** What Terway's own resource would show in CRD mode, by the account's word. */
function reportSpent(
  spent: readonly Suspect[],
  {
    facts,
    cloud,
    report,
  }: { readonly facts: SupplyFacts; readonly cloud: SeenInterfaces; readonly report: Report },
): void {
  for (const members of groupBy(spent, ({ old, other }) => `${old} ${other}`).values()) {
    const [{ old, other } = { old: [], other: [] }] = members;
    const names = members.map(({ node }) => node);
    report.found('oldInterfaces', aboutNodes(names), {
      data: { nodes: names.length, old: old.join(', '), added: other.join(', '), names: listed(names) },
      evidence: names.slice(0, SHOWN).map((name) => cardsEvidence(name, facts, cloud)),
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
  faults: readonly SupplyFault[],
  supplied: ReadonlyMap<string, number>,
): ReadonlySet<string> =>
  new Set(
    faults
      .filter(({ kind, node, time }) => kind === 'vswitch-empty' && (supplied.get(node ?? '') ?? 0) <= time)
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

interface Suspect {
  readonly node: string;
  readonly old: readonly string[];
  readonly other: readonly string[];
  readonly faults: readonly SupplyFault[];
}

/** Without Terway's node resource the ENIs are not visible: an empty vSwitch beside one that is not is all there is. */
function suspected(
  { config, dynamic, nodes, terwayNodes }: SupplyFacts,
  faults: readonly SupplyFault[],
  supplied: ReadonlyMap<string, number>,
): readonly Suspect[] {
  const seen = new Set(
    (terwayNodes ?? []).flatMap(({ name, interfaces }) => (interfaces.length > 0 ? name : [])),
  );
  const empty = faults.filter(({ kind }) => kind === 'vswitch-empty');
  const allEmpty = new Set(empty.flatMap(({ vSwitches }) => vSwitches));
  const byNode = groupBy(empty, ({ node }) => node);
  const vSwitchesOf = vSwitchLookup(config.daemon, dynamic);
  return nodes.flatMap((node) => {
    const own = byNode.get(node.name) ?? [];
    const last = own[0];
    if (last === undefined || seen.has(node.name)) return [];
    if ((supplied.get(node.name) ?? 0) > last.time) return [];
    const old = [...new Set(own.flatMap(({ vSwitches }) => vSwitches))];
    const configured = vSwitchesOf(node) ?? [];
    const other = configured.filter((id) => !allEmpty.has(id));
    return old.length > 0 && other.length > 0 ? [{ node: node.name, old, other, faults: own }] : [];
  });
}

function suspicion({ config, pods }: SupplyFacts, suspects: readonly Suspect[]) {
  const nodes = new Set(suspects.map(({ node }) => node));
  const started = pods.filter((pod) => isTerwayPod(pod) && nodes.has(pod.node ?? ''));
  const unique = (ids: readonly string[]): string => [...new Set(ids)].join(', ');
  return {
    data: {
      nodes: suspects.length,
      old: unique(suspects.flatMap(({ old }) => old)),
      other: unique(suspects.flatMap(({ other }) => other)),
    },
    evidence: [
      ...faultEvidence(
        suspects.flatMap(({ faults }) => faults),
        3,
      ),
      ...(config.configMap === undefined ? [] : [writeEvidence(config.configMap)]),
      ...started.slice(0, 3).map(startEvidence),
    ],
  };
}

const interfacesEvidence = ({ name, interfaces, vSwitchOptions, eniQuota }: TerwayNodeView): Evidence => ({
  where: `nodes.network.alibabacloud.com ${name}, status.networkInterfaces and spec.eni.vSwitchOptions`,
  value: `${interfaces.length} of ${eniQuota} ENIs: ${interfaces.map(shortInterface).join(', ')}; configured: ${vSwitchOptions.join(', ')}`,
});

const shortInterface = ({ id, vSwitch, free }: TerwayInterface): string =>
  `${id} on ${vSwitch} (${free} free)`;
