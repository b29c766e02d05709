import { describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks/index.js';
import type { CheckRun } from '../../src/engine/checking/check-run.js';
import { judgeScenario } from '../support/judge-scenario.js';
import { patience } from '../support/patience.js';

interface Row {
  /** `<check>.<message>`, or `<check>: <label>` of a fact. */
  readonly subject: string;
  /** A cluster and its account that show it. */
  readonly confirmed: string;
  /** One that is looked at whole, and shows that it is not so. */
  readonly ruledOut: string;
  /** The action without which it cannot be told, in the cluster that would show it. */
  readonly needs: string;
}

/** "From call to verdict" of the notes on the cloud API, section 9: each verdict that only the account brings. */
const rows: Readonly<Record<string, readonly [string, string, string, string]>> = {
  'a zone without a free address where pods wait': [
    'vswitch-addresses-exhausted.countedEmpty',
    'cloud-counted-empty',
    'cloud-versions-old',
    'vpc:DescribeVSwitches',
  ],
  'a vSwitch that is nearly used up': [
    'vswitch-addresses-exhausted.countedLow',
    'cloud-vswitches-misnamed',
    'cloud-versions-old',
    'vpc:DescribeVSwitches',
  ],
  'a vSwitch that has addresses again': [
    'vswitch-addresses-exhausted.roomAgain',
    'cloud-room-again',
    'cloud-old-enis',
    'vpc:DescribeVSwitches',
  ],
  'a pod refused by a vSwitch that has addresses again': [
    'pods-stuck-creating.vSwitchRoomAgain',
    'cloud-room-again',
    'cloud-old-enis',
    'vpc:DescribeVSwitches',
  ],
  'a vSwitch that is gone': [
    'vswitch-addresses-exhausted.vSwitchGone',
    'cloud-vswitches-misnamed',
    'cloud-versions-old',
    'vpc:DescribeVSwitchAttributes',
  ],
  'a vSwitch of another VPC': [
    'vswitch-addresses-exhausted.otherVpc',
    'cloud-vswitches-misnamed',
    'cloud-versions-old',
    'vpc:DescribeVSwitchAttributes',
  ],
  'a vSwitch of another zone': [
    'vswitch-addresses-exhausted.otherZone',
    'cloud-vswitches-misnamed',
    'cloud-versions-old',
    'vpc:DescribeVSwitches',
  ],
  'a vSwitch added in vain, all ENIs on the old one': [
    'eni-quota-exhausted.oldInterfaces',
    'cloud-old-enis',
    'cloud-versions-old',
    'ecs:DescribeNetworkInterfaces',
  ],
  'ENIs that nothing uses': [
    'eni-quota-exhausted.leaked',
    'cloud-leaked-enis',
    'cloud-versions-old',
    'ecs:DescribeNetworkInterfaces',
  ],
  'ENIs on an instance that is no node': [
    'eni-quota-exhausted.strayed',
    'cloud-leaked-enis',
    'cloud-versions-old',
    'ecs:DescribeNetworkInterfaces',
  ],
  'pod capacity above that of the instance type': [
    'terway-pod-capacity.overstated',
    'cloud-type-smaller',
    'cloud-versions-old',
    'ecs:DescribeInstanceTypes',
  ],
  'a pod vSwitch without SNAT': [
    'snat-facts.noSnat',
    'cloud-snat-missing',
    'cloud-versions-old',
    'vpc:DescribeSnatTableEntries',
  ],
  'a pod vSwitch without a default route': [
    'snat-facts.noRoute',
    'cloud-snat-missing',
    'cloud-versions-old',
    'vpc:DescribeRouteEntryList',
  ],
  'a VPC without a NAT gateway': [
    'snat-facts.noGateway',
    'cloud-leaked-enis',
    'cloud-versions-old',
    'vpc:DescribeNatGateways',
  ],
  'several route tables': [
    'node-network-unavailable.routeMissingInTable',
    'cloud-route-missing',
    'cloud-vpc-apart',
    'vpc:DescribeVSwitches',
  ],
  'a node without its route': [
    'node-network-unavailable.routeMissing',
    'cloud-route-missing',
    'cloud-vpc-apart',
    'vpc:DescribeRouteEntryList',
  ],
  'a route table that is full': [
    'node-network-unavailable.tableFull',
    'cloud-route-table-full',
    'cloud-vpc-apart',
    'vpc:GetVpcRouteEntrySummary',
  ],
  'a route table that is nearly full': [
    'node-network-unavailable.tableNearlyFull',
    'cloud-route-table-full',
    'cloud-vpc-apart',
    'vpc:GetVpcRouteEntrySummary',
  ],
  'a pod that cannot reach an ECS instance': [
    'security-groups.dropped',
    'cloud-group-drops',
    'cloud-group-accepts',
    'ecs:DescribeSecurityGroupAttribute',
  ],
  'an ECS instance that does not run': [
    'security-groups.notRunning',
    'cloud-group-drops',
    'cloud-group-accepts',
    'ecs:DescribeInstances',
  ],
  'an ECS instance of another VPC': [
    'security-groups.otherVpc',
    'cloud-group-other-vpc',
    'cloud-group-accepts',
    'ecs:DescribeNetworkInterfaces',
  ],
  'no IPv6 gateway for pods that ask for the Internet': [
    'ipv6-internet-facts.noGateway',
    'cloud-ipv6-no-gateway',
    'cloud-ipv6-open',
    'vpc:DescribeIpv6Gateways',
  ],
  'no IPv6 gateway, and nobody asks for it': [
    'ipv6-internet-facts.vpcOnly',
    'cloud-ipv6-vpc-only',
    'cloud-ipv6-open',
    'vpc:DescribeIpv6Gateways',
  ],
  'an IPv6 gateway that is locked': [
    'ipv6-internet-facts.gatewayLocked',
    'cloud-ipv6-locked',
    'cloud-ipv6-open',
    'vpc:DescribeIpv6Gateways',
  ],
  'an IPv6 address without bandwidth': [
    'ipv6-internet-facts.noBandwidth',
    'cloud-ipv6-shut',
    'cloud-ipv6-open',
    'vpc:DescribeIpv6Addresses',
  ],
  'IPv6 bandwidth that is locked': [
    'ipv6-internet-facts.bandwidthLocked',
    'cloud-ipv6-shut',
    'cloud-ipv6-open',
    'vpc:DescribeIpv6Addresses',
  ],
  'IPv6 inside the VPC alone': [
    'ipv6-internet-facts.privateOnly',
    'cloud-ipv6-locked',
    'cloud-ipv6-open',
    'vpc:DescribeIpv6Addresses',
  ],
  'an egress-only rule where inbound is asked for': [
    'ipv6-internet-facts.egressRule',
    'cloud-ipv6-shut',
    'cloud-ipv6-open',
    'vpc:DescribeIpv6EgressOnlyRules',
  ],
  'an egress-only rule that nobody asks for': [
    'ipv6-internet-facts.ruleUnasked',
    'cloud-ipv6-shut',
    'cloud-ipv6-open',
    'vpc:DescribeIpv6EgressOnlyRules',
  ],
  'an egress-only mark without a rule': [
    'ipv6-internet-facts.notEnforced',
    'cloud-ipv6-shut',
    'cloud-ipv6-open',
    'vpc:DescribeIpv6EgressOnlyRules',
  ],
  'ranges that overlap the VPC': [
    'cluster-addresses.vpcOverlap',
    'cloud-vpc-extended',
    'cloud-vpc-apart',
    'vpc:DescribeVpcs',
  ],
  'ranges that overlap a user CIDR': [
    'cluster-addresses.userBlock',
    'cloud-vpc-extended',
    'cloud-vpc-apart',
    'vpc:DescribeVpcs',
  ],
  'an add-on that is behind': [
    'network-plugin.behind',
    'cloud-versions-old',
    'cloud-versions-unsupported',
    'cs:ListAddons',
  ],
  'support that ends': [
    'network-plugin.supportEnds',
    'cloud-versions-old',
    'cloud-vpc-apart',
    'cs:DescribeKubernetesVersionMetadata',
  ],
  'support that has ended': [
    'network-plugin.supportEnded',
    'cloud-versions-unsupported',
    'cloud-vpc-apart',
    'cs:DescribeKubernetesVersionMetadata',
  ],
  'what the cluster was created with, facts alone': [
    'cluster-resources: Pod CIDR (Flannel)',
    'cloud-route-missing',
    'cloud-versions-old',
    'cs:DescribeClusterDetail',
  ],
};

const runs = new Map<string, Promise<CheckRun>>();
function runOf(scenario: string, without?: string): Promise<CheckRun> {
  const key = `${scenario} ${without ?? ''}`;
  const run = runs.get(key) ?? judgeScenario(scenario, without);
  runs.set(key, run);
  return run;
}

/** What its check shows, as the table names it. */
async function resultOf(subject: string, scenario: string, without?: string) {
  const run = await runOf(scenario, without);
  const result = run.checks.find(({ id }) => id === checkOf(subject));
  if (result === undefined) throw new TypeError(`no check shows ${subject}`);
  const { id, findings, facts, unknown, cloudSeen } = result;
  const shown = [...findings.map((found) => found.id), ...facts.map(({ label }) => `${id}: ${label}`)];
  return { shown, unknown, seen: cloudSeen };
}

const checkOf = (subject: string): string => /^[a-z0-9-]+/.exec(subject)?.[0] ?? '';

const cases = Object.entries(rows).map(
  ([about, [subject, confirmed, ruledOut, needs]]): readonly [string, Row] => [
    about,
    { subject, confirmed, ruledOut, needs },
  ],
);

describe('a verdict on the account', () => {
  it.each(cases)(
    '%s: is confirmed',
    async (_about, { subject, confirmed }) => {
      expect((await resultOf(subject, confirmed)).shown).toContain(subject);
    },
    patience(30_000),
  );

  it.each(cases)(
    '%s: is ruled out by what was seen, not for want of looking',
    async (_about, { subject, ruledOut }) => {
      const { shown, unknown, seen } = await resultOf(subject, ruledOut);
      expect(shown).not.toContain(subject);
      expect(seen).toBe(true);
      expect(unknown === undefined || (unknown.only !== undefined && !unknown.only.includes(subject))).toBe(
        true,
      );
    },
    patience(30_000),
  );

  it.each(cases)(
    '%s: cannot be told without the action it rests on, which is named',
    async (_about, { subject, confirmed, needs }) => {
      const { shown, seen, unknown } = await resultOf(subject, confirmed, needs);
      expect(shown).not.toContain(subject);
      // What rests on other actions may have been seen all the same.
      expect(seen === undefined || unknown?.only?.includes(subject)).toBe(true);
      expect(unknown?.detail).toContain(`may not call ${needs}.`);
    },
    patience(30_000),
  );
});

describe('the table of verdicts', () => {
  const asking = checks.filter(({ cloud }) => cloud !== undefined);
  const subjects = cases.map(([, { subject }]) => subject);

  it('names every check that asks the account, and no other', () => {
    expect([...new Set(subjects.map(checkOf))].sort()).toEqual(asking.map(({ id }) => id).sort());
  });

  it('names every verdict that only the account brings', () => {
    const decided = asking.flatMap(({ id, cloud }) => (cloud?.decides ?? []).map((name) => `${id}.${name}`));
    expect(decided.filter((name) => !subjects.includes(name))).toEqual([]);
  });

  it('rests each verdict on an action that its check declares', () => {
    const strange = cases.filter(([, { subject, needs }]) => {
      const actions: readonly string[] =
        asking.find(({ id }) => id === checkOf(subject))?.cloud?.actions ?? [];
      return !actions.includes(needs);
    });
    expect(strange).toEqual([]);
  });
});
