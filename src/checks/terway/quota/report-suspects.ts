import { aboutNodes } from '../../about-nodes.js';
import { groupBy } from '../../group-by.js';
import type { Judgement } from '../../judging/define-check.js';
import { listed } from '../../listed.js';
import type { SupplyFacts } from '../address-supply.js';
import { cardsEvidence, settleQuota } from '../cloud/judge-interfaces.js';
import type { SeenInterfaces } from '../cloud/see-interfaces.js';
import { vSwitchLookup } from '../dynamic-configs.js';
import { faultEvidence, type SupplyFault } from '../supply-faults.js';
import { eniConfig } from '../terway-config.js';
import { isTerwayPod, startEvidence, writeEvidence } from '../terway-pods.js';
import type { eniQuotaMessages } from './eni-quota-messages.js';

const SHOWN = 5;

type Report = Judgement<typeof eniQuotaMessages>;

interface Seen {
  readonly faults: readonly SupplyFault[];
  readonly supplied: ReadonlyMap<string, number>;
  /** undefined = the account is not read, and leaves every suspicion open. */
  readonly cloud: SeenInterfaces | undefined;
}

/** Where Kubernetes shows no ENIs: what the account confirms is a finding, what it leaves open a suspicion. Whether one is left. */
export function reportSuspects(
  report: Report,
  facts: SupplyFacts,
  { faults, supplied, cloud }: Seen,
): boolean {
  const all = suspected(facts, faults, supplied);
  const settled = (suspect: Suspect) => (cloud === undefined ? 'open' : settleQuota(suspect, facts, cloud));
  if (cloud !== undefined)
    reportSpent(
      report,
      all.filter((suspect) => settled(suspect) === 'confirmed'),
      { facts, cloud },
    );
  const open = all.filter((suspect) => settled(suspect) === 'open');
  if (open.length === 0) return false;
  report.found('suspected', eniConfig, suspicion(facts, open));
  report.unknown(
    'check.no-evidence',
    `Without ipam_type crd Kubernetes does not show the ENIs of a node: whether ${listed(open.map(({ node }) => node))} reached the quota is in the ECS console`,
  );
  return true;
}

/** What Terway's own resource would show in CRD mode, by the account's word. */
function reportSpent(
  report: Report,
  spent: readonly Suspect[],
  { facts, cloud }: { readonly facts: SupplyFacts; readonly cloud: SeenInterfaces },
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
