import { nodeNetworkUnavailable } from '../../../src/checks/flannel/node-network-unavailable.js';
import type { CloudAction } from '../../../src/cloud/actions.js';
import type { CloudQuery } from '../../../src/cloud/ports.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import type { ErrorCode } from '../../../src/errors.js';
import type { InMemoryCloud } from '../../support/cloud-of.js';
import { describeCases } from '../../support/describe-check.js';
import { fixture, node } from '../../support/kube-objects.js';

const set = fixture('06-daemonset-kube-flannel-ds');
const host = (n: number, { status = 'False', joined = '2026-03-02T03:20:11Z' } = {}): JsonObject => {
  const made = node(`n${n}`, {
    spec: { podCIDR: `172.20.${n}.0/26`, providerID: `cn-hangzhou.i-bp1node0${n}` },
  });
  return {
    ...made,
    metadata: { ...(made.metadata as JsonObject), creationTimestamp: joined },
    status: {
      ...(made.status as JsonObject),
      addresses: [{ type: 'InternalIP', address: `10.0.${n}.10` }],
      conditions: [{ type: 'NetworkUnavailable', status, reason: 'RouteCreated', message: '' }],
    },
  };
};
const vSwitch = (n: number, table: string | undefined) => ({
  VSwitchId: `vsw-${n}`,
  ZoneId: 'cn-hangzhou-i',
  VpcId: 'vpc-own',
  CidrBlock: `10.0.${n}.0/24`,
  AvailableIpAddressCount: 40,
  RouteTable: { RouteTableId: table },
});
const route = (n: number, { to = n, status = 'Available' } = {}) => ({
  DestinationCidrBlock: `172.20.${n}.0/26`,
  Type: 'Custom',
  Status: status,
  NextHops: { NextHop: [{ NextHopType: 'Instance', NextHopId: `i-bp1node0${to}` }] },
});
const account = (
  tables: Readonly<Record<string, readonly object[]>>,
  {
    vSwitches = [vSwitch(1, 'vtb-1'), vSwitch(2, 'vtb-1')],
    refused = {},
  }: { vSwitches?: readonly object[]; refused?: Partial<Record<CloudAction, ErrorCode>> } = {},
): InMemoryCloud => ({
  answers: {
    'cs:DescribeClusterDetail': [{ vpc_id: 'vpc-own' }],
    'vpc:DescribeVSwitches': vSwitches,
    'vpc:DescribeRouteEntryList': ({ RouteTableId, NextHopType }: CloudQuery) =>
      NextHopType === 'Instance' ? (tables[String(RouteTableId)] ?? []) : [],
  },
  refused,
});
const two = [vSwitch(1, 'vtb-1'), vSwitch(2, 'vtb-2')];
const objects = [set, host(1), host(2)];
const MISSING =
  'routeMissing: Pods of node n2 (172.20.2.0/26) cannot be reached from other nodes, although the node says that its route exists: vtb-1 has no route there to i-bp1node02.';

describeCases(nodeNetworkUnavailable, {
  'rules it out where each node has its route': {
    objects,
    cloud: account({ 'vtb-1': [route(1), route(2)] }),
    outcome: 'clear',
  },
  'finds a route that is gone although the node says it is there': {
    objects,
    cloud: account({ 'vtb-1': [route(1)] }),
    outcome: 'found',
    finds: [MISSING],
    evidence: ['none to 172.20.2.0/26'],
  },
  'finds a route that leads to another instance': {
    objects,
    cloud: account({ 'vtb-1': [route(1), route(2, { to: 7 })] }),
    outcome: 'found',
    finds: [MISSING],
    evidence: ['172.20.2.0/26 -> i-bp1node07'],
  },
  'finds a route that is not in force': {
    objects,
    cloud: account({ 'vtb-1': [route(1), route(2, { status: 'Pending' })] }),
    outcome: 'found',
    finds: [MISSING],
    evidence: ['not available'],
  },
  'is content with several tables that all have the routes': {
    objects,
    cloud: account({ 'vtb-1': [route(1), route(2)], 'vtb-2': [route(1), route(2)] }, { vSwitches: two }),
    outcome: 'clear',
  },
  'finds the table that the controller does not write into': {
    objects,
    cloud: account({ 'vtb-1': [route(1), route(2)], 'vtb-2': [] }, { vSwitches: two }),
    outcome: 'found',
    finds: [
      'routeMissingInTable: The vSwitches of the nodes hang on several route tables, and vtb-2 has no route to the pods of 2 nodes (n1, n2), which others have: nodes there cannot reach them. Name all tables in the settings of the cloud controller manager.',
    ],
  },
  'leaves a node alone that has just joined': {
    objects: [set, host(1), host(2, { joined: '2026-11-24T02:59:00Z' })],
    cloud: account({ 'vtb-1': [route(1)] }),
    outcome: 'clear',
  },
  'cannot tell of a node whose table is not told': {
    objects,
    cloud: account(
      { 'vtb-1': [route(1), route(2)] },
      { vSwitches: [vSwitch(1, 'vtb-1'), vSwitch(2, undefined)] },
    ),
    outcome: 'unknown',
    says: 'Which route table n2 hangs on is not told',
  },
  'says which action is missing': {
    objects,
    cloud: account({}, { refused: { 'vpc:DescribeRouteEntryList': 'cloud.forbidden' } }),
    outcome: 'unknown',
    says: 'may not call vpc:DescribeRouteEntryList',
  },
});
