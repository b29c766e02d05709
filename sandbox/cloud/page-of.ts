import type { JsonObject } from '../../src/cluster/ports.js';
import { CloudRefusal, type Parameters } from './cloud-world.js';

/** How an action lists, in the cloud's own names; written from the notes, not from the product's table. */
interface Listing {
  readonly path: readonly [string, string];
  readonly by: 'number' | 'MaxResults' | 'MaxResult' | 'none';
  readonly most: number;
}

const number = (outer: string, inner: string): Listing => ({ path: [outer, inner], by: 'number', most: 50 });

const listings: Readonly<Record<string, Listing>> = {
  DescribeVpcs: number('Vpcs', 'Vpc'),
  DescribeVSwitches: number('VSwitches', 'VSwitch'),
  DescribeRouteTableList: number('RouterTableList', 'RouterTableListType'),
  DescribeRouteEntryList: { path: ['RouteEntrys', 'RouteEntry'], by: 'MaxResult', most: 100 },
  DescribeNatGateways: number('NatGateways', 'NatGateway'),
  DescribeSnatTableEntries: number('SnatTableEntries', 'SnatTableEntry'),
  DescribeIpv6Gateways: number('Ipv6Gateways', 'Ipv6Gateway'),
  DescribeIpv6Addresses: number('Ipv6Addresses', 'Ipv6Address'),
  DescribeIpv6EgressOnlyRules: number('Ipv6EgressOnlyRules', 'Ipv6EgressOnlyRule'),
  DescribeNetworkInterfaces: {
    path: ['NetworkInterfaceSets', 'NetworkInterfaceSet'],
    by: 'MaxResults',
    most: 500,
  },
  DescribeInstances: { path: ['Instances', 'Instance'], by: 'MaxResults', most: 100 },
  DescribeSecurityGroups: { path: ['SecurityGroups', 'SecurityGroup'], by: 'MaxResults', most: 100 },
  DescribeSecurityGroupAttribute: { path: ['Permissions', 'Permission'], by: 'MaxResults', most: 1000 },
  DescribeInstanceTypes: { path: ['InstanceTypes', 'InstanceType'], by: 'MaxResults', most: 100 },
};

const DEFAULT_SIZE = 10;

/** The page that was asked for. `largest` = a server that gives smaller ones than it is asked for. */
export function pageOf(
  api: string,
  list: readonly JsonObject[],
  { parameters, largest }: { readonly parameters: Parameters; readonly largest: number },
): JsonObject {
  const listing = listings[api];
  if (listing === undefined) throw new TypeError(`${api} has no listing`);
  const { path, by, most } = listing;
  const wrap = (items: readonly JsonObject[]): JsonObject => ({ [path[0]]: { [path[1]]: items } });
  if (by === 'none') return wrap(list);
  const wanted = Number(parameters[by === 'number' ? 'PageSize' : by] ?? DEFAULT_SIZE);
  if (!(wanted >= 1 && wanted <= most))
    throw new CloudRefusal(400, 'InvalidParameter', `The page size must be 1 to ${most}.`);
  const size = Math.min(wanted, largest);
  const start = by === 'number' ? (Number(parameters.PageNumber ?? 1) - 1) * size : offsetOf(parameters);
  const items = list.slice(start, start + size);
  if (by === 'number')
    return { ...wrap(items), TotalCount: list.length, PageNumber: start / size + 1, PageSize: size };
  const next = start + size < list.length ? { NextToken: `token-${start + size}` } : { NextToken: '' };
  return { ...wrap(items), ...next, TotalCount: 0 };
}

const offsetOf = ({ NextToken }: Parameters): number =>
  NextToken === undefined ? 0 : Number(NextToken.replace('token-', ''));
