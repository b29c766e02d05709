import { nodeNetworkUnavailable } from '../../../src/checks/flannel/node-network-unavailable.js';
import type { CloudAction } from '../../../src/cloud/actions.js';
import type { CloudQuery } from '../../../src/cloud/ports.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import type { ErrorCode } from '../../../src/errors.js';
import type { InMemoryCloud } from '../../support/cloud-of.js';
import { describeCases } from '../../support/describe-check.js';
import { fixture, node } from '../../support/kube-objects.js';
import { event } from '../../support/kube-pods.js';

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
    custom = {},
  }: {
    vSwitches?: readonly object[];
    refused?: Partial<Record<CloudAction, ErrorCode>>;
    /** Custom routes by table; a few where it is not named. */
    custom?: Readonly<Record<string, number | undefined>>;
  } = {},
): InMemoryCloud => ({
  answers: {
    'cs:DescribeClusterDetail': [{ vpc_id: 'vpc-own' }],
    'vpc:DescribeVSwitches': vSwitches,
    'vpc:GetVpcRouteEntrySummary': Object.entries({ 'vtb-1': 2, 'vtb-2': 2, ...custom }).map(
      ([RouteTableId, Count]) => ({
        RouteTableId,
        EntrySummarys: [
          { RouteEntryType: 'System', Count: 3 },
          { RouteEntryType: 'Custom', Count },
        ],
      }),
    ),
    'vpc:DescribeRouteEntryList': ({ RouteTableId, NextHopType }: CloudQuery) =>
      NextHopType === 'Instance' ? (tables[String(RouteTableId)] ?? []) : [],
  },
  refused,
});
const two = [vSwitch(1, 'vtb-1'), vSwitch(2, 'vtb-2')];
const objects = [set, host(1), host(2)];
const waiting = [set, host(1), host(2, { status: 'True' })];
/** Nodes without a pod range of their own, so that only their number counts. */
const more = Array.from({ length: 233 }, (_, i) => {
  const made = host(2);
  return { ...made, metadata: { ...(made.metadata as JsonObject), name: `m${i}` }, spec: {} };
});
const everywhere = [{ ...vSwitch(1, 'vtb-1'), CidrBlock: '10.0.0.0/16' }];
const waits = (cause: string): string =>
  `unavailable: Node n2 has no route for its pods (NetworkUnavailable, RouteCreated), so nothing is scheduled there. ${cause}`;
const refusal = (message: string, at = '2026-11-24T02:50:00Z'): JsonObject =>
  event({ kind: 'Node', name: 'n2', reason: 'CreateRouteFailed', message, source: 'route-controller', at });
const FULL =
  'tableFull: Route table vtb-1 holds 200 custom routes, as many as fit unless its quota was raised, and none to the pods of 1 node (n2). Raise the quota of the table, or delete routes there that nothing needs.';
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
  'finds the table full that holds as many routes as fit, where a node waits for its own': {
    objects: waiting,
    cloud: account({ 'vtb-1': [route(1)] }, { custom: { 'vtb-1': 200 } }),
    outcome: 'found',
    finds: [FULL],
    evidence: ['200'],
  },
  'finds it full too where the node says that its route is there': {
    objects,
    cloud: account({ 'vtb-1': [route(1)] }, { custom: { 'vtb-1': 200 } }),
    outcome: 'found',
    finds: [FULL],
  },
  'rules it out where the table has room, and says so of a node that waits': {
    objects: waiting,
    cloud: account({ 'vtb-1': [route(1)] }, { custom: { 'vtb-1': 150 } }),
    outcome: 'found',
    finds: [
      waits(
        'The route controller reported nothing about it within the last hour, and vtb-1 holds 150 of 200 custom routes, so there is room for its route: look at the cloud controller manager.',
      ),
    ],
  },
  'takes back what an event said of the quota where there is room by now': {
    objects: [...waiting, refusal('Message: QuotaExceeded.RouteEntry')],
    cloud: account({ 'vtb-1': [route(1)] }, { custom: { 'vtb-1': 150 } }),
    outcome: 'found',
    finds: [waits('The route table was full when that was said; now vtb-1 holds 150 of 200 custom routes.')],
  },
  'leaves another cause that an event names as it is': {
    objects: [...waiting, refusal('instance not found')],
    cloud: account({ 'vtb-1': [route(1)] }, { custom: { 'vtb-1': 200 } }),
    outcome: 'found',
    finds: [
      'tableNearlyFull: Route table vtb-1 holds 200 custom routes, and 200 fit unless its quota was raised: each further node needs one.',
      waits(
        'The cloud finds no instance for this node: it was released, or spec.providerID names another one.',
      ),
    ],
  },
  'hides no other cause behind a full table that an older event names': {
    objects: [
      ...waiting,
      refusal('Code: Forbidden.RAM', '2026-11-24T02:55:00Z'),
      refusal('Code: QuotaExceeded', '2026-11-24T02:40:00Z'),
    ],
    cloud: account({ 'vtb-1': [route(1)] }, { custom: { 'vtb-1': 200 } }),
    outcome: 'found',
    finds: [
      'tableNearlyFull: Route table vtb-1 holds 200 custom routes, and 200 fit unless its quota was raised: each further node needs one.',
      waits('The cloud controller manager may not write routes. The route table is full: raise its quota.'),
    ],
  },
  'takes calls that were throttled besides for no cause of their own': {
    objects: [
      ...waiting,
      refusal('Code: Throttling.User', '2026-11-24T02:55:00Z'),
      refusal('Code: QuotaExceeded', '2026-11-24T02:40:00Z'),
    ],
    cloud: account({ 'vtb-1': [route(1)] }, { custom: { 'vtb-1': 200 } }),
    outcome: 'found',
    finds: [FULL],
  },
  'advises before it is full': {
    objects,
    cloud: account({ 'vtb-1': [route(1), route(2)] }, { custom: { 'vtb-1': 180 } }),
    outcome: 'clear',
    finds: [
      'tableNearlyFull: Route table vtb-1 holds 180 custom routes, and 200 fit unless its quota was raised: each further node needs one.',
    ],
  },
  'says nothing of a quota that was raised where every node has its route': {
    objects,
    cloud: account({ 'vtb-1': [route(1), route(2)] }, { custom: { 'vtb-1': 231 } }),
    outcome: 'clear',
  },
  'cannot tell whether a raised quota is used up': {
    objects: waiting,
    cloud: account({ 'vtb-1': [route(1)] }, { custom: { 'vtb-1': 231 } }),
    outcome: 'found',
    finds: [
      waits(
        'The route controller reported nothing about it within the last hour: look at the cloud controller manager and the VPC route table.',
      ),
    ],
    says: 'vtb-1 holds 231 custom routes, so its quota was raised, and whether that is used up is not told',
  },
  'blames no quota for the number of nodes where the table holds more than that': {
    objects: [...waiting, ...more],
    cloud: account({ 'vtb-1': [route(1)] }, { vSwitches: everywhere, custom: { 'vtb-1': 246 } }),
    outcome: 'found',
    finds: [
      waits(
        'The route controller reported nothing about it within the last hour: look at the cloud controller manager and the VPC route table.',
      ),
    ],
    says: 'vtb-1 holds 246 custom routes, so its quota was raised, and whether that is used up is not told',
  },
  'blames the number of nodes where the routes were not counted': {
    objects: [...waiting, ...more],
    cloud: account({ 'vtb-1': [route(1)] }, { vSwitches: everywhere, custom: { 'vtb-1': undefined } }),
    outcome: 'found',
    finds: [waits('235 nodes need a route each, and a route table holds 200 unless raised.')],
    says: 'How many custom routes vtb-1 holds is not told',
  },
  'cannot tell where the count is not told': {
    objects,
    cloud: account({ 'vtb-1': [route(1), route(2)] }, { custom: { 'vtb-1': undefined } }),
    outcome: 'unknown',
    says: 'How many custom routes vtb-1 holds is not told',
  },
  'misses a route all the same where the routes may not be counted, and says so': {
    objects,
    cloud: account(
      { 'vtb-1': [route(1)] },
      { refused: { 'vpc:GetVpcRouteEntrySummary': 'cloud.forbidden' } },
    ),
    outcome: 'found',
    finds: [MISSING],
    says: 'How many custom routes the tables hold was not read. may not call vpc:GetVpcRouteEntrySummary',
  },
  'cannot tell where the routes may not be counted': {
    objects,
    cloud: account(
      { 'vtb-1': [route(1), route(2)] },
      { refused: { 'vpc:GetVpcRouteEntrySummary': 'cloud.throttled' } },
    ),
    outcome: 'unknown',
    open: ['tableFull', 'tableNearlyFull'],
    says: 'How many custom routes the tables hold was not read.',
  },
  'says which action is missing': {
    objects,
    cloud: account({}, { refused: { 'vpc:DescribeRouteEntryList': 'cloud.forbidden' } }),
    outcome: 'unknown',
    says: 'may not call vpc:DescribeRouteEntryList',
  },
});
