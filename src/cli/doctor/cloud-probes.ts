import { z } from 'zod';
import type { CloudAction } from '../../cloud/actions.js';
import type { CloudQuery, CloudRead } from '../../cloud/ports.js';

/** Things of the account that probes can ask about. */
export interface KnownThings {
  readonly clusterId: string;
  readonly region: string;
  readonly vpc: string;
  readonly vSwitch: string;
  readonly routeTable: string;
  readonly instanceType: string;
}

/** Where the account has no such thing; its answer is then NotFound, which nobody gets who may not ask. */
export const nothing: KnownThings = {
  clusterId: '',
  region: '',
  vpc: 'vpc-acknetprobe',
  vSwitch: 'vsw-acknetprobe',
  routeTable: 'vtb-acknetprobe',
  instanceType: 'ecs.g7.large',
};

/** The smallest question of each action. Without an entry an action is asked with no parameters. */
const questions: Partial<Record<CloudAction, (known: KnownThings) => CloudQuery>> = {
  'vpc:DescribeVpcs': ({ vpc }) => ({ VpcId: vpc }),
  'vpc:DescribeVSwitches': ({ vSwitch }) => ({ VSwitchId: vSwitch }),
  'vpc:DescribeVSwitchAttributes': ({ vSwitch }) => ({ VSwitchId: vSwitch }),
  'vpc:DescribeRouteTableList': ({ vpc }) => ({ VpcId: vpc }),
  'vpc:DescribeRouteEntryList': ({ routeTable }) => ({ RouteTableId: routeTable, NextHopType: 'NatGateway' }),
  'vpc:GetVpcRouteEntrySummary': ({ vpc }) => ({ VpcId: vpc }),
  'vpc:DescribeNatGateways': ({ vpc }) => ({ VpcId: vpc }),
  'vpc:DescribeSnatTableEntries': () => ({ SnatTableId: 'stb-acknetprobe' }),
  'vpc:DescribeIpv6Gateways': ({ vpc }) => ({ VpcId: vpc }),
  'vpc:DescribeIpv6Addresses': ({ vpc }) => ({ VpcId: vpc, NetworkType: 'Public' }),
  'vpc:DescribeIpv6EgressOnlyRules': () => ({ Ipv6GatewayId: 'ipv6gw-acknetprobe' }),
  'ecs:DescribeNetworkInterfaces': ({ vSwitch }) => ({ VSwitchId: vSwitch }),
  'ecs:DescribeInstances': ({ vpc }) => ({ VpcId: vpc }),
  'ecs:DescribeSecurityGroups': ({ vpc }) => ({ VpcId: vpc }),
  'ecs:DescribeSecurityGroupAttribute': () => ({ SecurityGroupId: 'sg-acknetprobe' }),
  'ecs:DescribeInstanceTypes': ({ instanceType }) => ({ InstanceTypes: [instanceType] }),
  'cs:DescribeKubernetesVersionMetadata': ({ region }) => ({
    Region: region,
    ClusterType: 'ManagedKubernetes',
  }),
  'cs:ListAddons': ({ clusterId }) => ({ cluster_id: clusterId }),
};

export const questionFor = (action: CloudAction, known: KnownThings): CloudQuery =>
  questions[action]?.(known) ?? {};

/** Whatever comes, as it comes. */
export const rawRead = (action: CloudAction): CloudRead<Readonly<Record<string, unknown>>> => ({
  action,
  schema: z.looseObject({}),
});
