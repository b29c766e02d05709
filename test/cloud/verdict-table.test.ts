import { describe, expect, it } from '@jest/globals';
import type { CheckRun } from '../../src/engine/checking/check-run.js';
import { judgeScenario } from '../support/judge-scenario.js';
import { patience } from '../support/patience.js';

interface Row {
  readonly finding: string;
  /** A cluster and its account that show it. */
  readonly confirmed: string;
  /** One that is looked at whole, and shows that it is not so. */
  readonly ruledOut: string;
  /** The action without which it cannot be told, in the cluster that would show it. */
  readonly needs: string;
}

/** "From call to verdict" of the notes on the cloud API, section 9. */
const rows: Readonly<Record<string, readonly [string, string, string, string]>> = {
  'vSwitch exhausted': [
    'vswitch-addresses-exhausted.countedEmpty',
    'cloud-counted-empty',
    'cloud-versions-old',
    'vpc:DescribeVSwitches',
  ],
  'vSwitch that is gone': [
    'vswitch-addresses-exhausted.vSwitchGone',
    'cloud-vswitches-misnamed',
    'cloud-versions-old',
    'vpc:DescribeVSwitchAttributes',
  ],
  'vSwitch added, still no address': [
    'eni-quota-exhausted.oldInterfaces',
    'cloud-old-enis',
    'cloud-versions-old',
    'ecs:DescribeNetworkInterfaces',
  ],
  'ENI leak': [
    'eni-quota-exhausted.leaked',
    'cloud-leaked-enis',
    'cloud-versions-old',
    'ecs:DescribeNetworkInterfaces',
  ],
  'pod capacity': [
    'terway-pod-capacity.overstated',
    'cloud-type-smaller',
    'cloud-versions-old',
    'ecs:DescribeInstanceTypes',
  ],
  'pod vSwitch without SNAT': [
    'snat-facts.noSnat',
    'cloud-snat-missing',
    'cloud-versions-old',
    'vpc:DescribeSnatTableEntries',
  ],
  'pod vSwitch without a default route': [
    'snat-facts.noRoute',
    'cloud-snat-missing',
    'cloud-versions-old',
    'vpc:DescribeRouteEntryList',
  ],
  'several route tables': [
    'node-network-unavailable.routeMissingInTable',
    'cloud-route-missing',
    'cloud-vpc-apart',
    'vpc:DescribeVSwitches',
  ],
  'node without its route': [
    'node-network-unavailable.routeMissing',
    'cloud-route-missing',
    'cloud-vpc-apart',
    'vpc:DescribeRouteEntryList',
  ],
  'no IPv6 gateway': [
    'ipv6-internet-facts.noGateway',
    'cloud-ipv6-no-gateway',
    'cloud-ipv6-open',
    'vpc:DescribeIpv6Gateways',
  ],
  'IPv6 address without bandwidth': [
    'ipv6-internet-facts.noBandwidth',
    'cloud-ipv6-shut',
    'cloud-ipv6-open',
    'vpc:DescribeIpv6Addresses',
  ],
  'egress-only rule where inbound is asked for': [
    'ipv6-internet-facts.egressRule',
    'cloud-ipv6-shut',
    'cloud-ipv6-open',
    'vpc:DescribeIpv6EgressOnlyRules',
  ],
  'pod that cannot reach an ECS instance': [
    'security-groups.dropped',
    'cloud-group-drops',
    'cloud-group-accepts',
    'ecs:DescribeSecurityGroupAttribute',
  ],
  'ranges that overlap the VPC': [
    'cluster-addresses.vpcOverlap',
    'cloud-vpc-extended',
    'cloud-vpc-apart',
    'vpc:DescribeVpcs',
  ],
  'add-on that is behind': [
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
};

const runs = new Map<string, Promise<CheckRun>>();
function runOf(scenario: string, without?: string): Promise<CheckRun> {
  const key = `${scenario} ${without ?? ''}`;
  const run = runs.get(key) ?? judgeScenario(scenario, without);
  runs.set(key, run);
  return run;
}

async function resultOf(finding: string, scenario: string, without?: string) {
  const run = await runOf(scenario, without);
  const result = run.checks.find(({ id }) => finding.startsWith(`${id}.`));
  if (result === undefined) throw new TypeError(`no check has ${finding}`);
  return { ids: result.findings.map(({ id }) => id), unknown: result.unknown, seen: result.cloudSeen };
}

describe('a verdict on the account', () => {
  const cases = Object.entries(rows).map(
    ([about, [finding, confirmed, ruledOut, needs]]): readonly [string, Row] => [
      about,
      { finding, confirmed, ruledOut, needs },
    ],
  );

  it.each(cases)(
    '%s: is confirmed',
    async (_about, { finding, confirmed }) => {
      expect((await resultOf(finding, confirmed)).ids).toContain(finding);
    },
    patience(30_000),
  );

  it.each(cases)(
    '%s: is ruled out by what was seen, not for want of looking',
    async (_about, { finding, ruledOut }) => {
      const { ids, unknown, seen } = await resultOf(finding, ruledOut);
      expect(ids).not.toContain(finding);
      expect(seen).toBe(true);
      expect(unknown === undefined || (unknown.only !== undefined && !unknown.only.includes(finding))).toBe(
        true,
      );
    },
    patience(30_000),
  );

  it.each(cases)(
    '%s: cannot be told without the action it rests on, which is named',
    async (_about, { finding, confirmed, needs }) => {
      const { seen, unknown } = await resultOf(finding, confirmed, needs);
      expect(seen).toBeUndefined();
      expect(unknown?.detail).toContain(`may not call ${needs}.`);
    },
    patience(30_000),
  );
});
