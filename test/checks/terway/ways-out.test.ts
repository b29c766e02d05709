import { snatFacts } from '../../../src/checks/terway/snat-facts.js';
import type { CloudAction } from '../../../src/cloud/actions.js';
import type { CloudQuery } from '../../../src/cloud/ports.js';
import type { ErrorCode } from '../../../src/errors.js';
import { type InMemoryCloud, notFound } from '../../support/cloud-of.js';
import { describeCases } from '../../support/describe-check.js';
import { fixture } from '../../support/kube-objects.js';
import { eniConfigMap, host, terwayPod } from '../../support/terway-objects.js';

const objects = [fixture('01-daemonset-terway-eniip'), eniConfigMap(), terwayPod('n1'), host('n1')];
const gateway = (id = 'ngw-1', network = 'internet') => ({
  NatGatewayId: id,
  NetworkType: network,
  SnatTableIds: { SnatTableId: [`stb-${id}`] },
});
const to = (type: string, id: string) => ({
  DestinationCidrBlock: '0.0.0.0/0',
  Status: 'Available',
  NextHops: { NextHop: [{ NextHopType: type, NextHopId: id }] },
});

const VSW_A = {
  VSwitchId: 'vsw-a',
  ZoneId: 'cn-hangzhou-i',
  VpcId: 'vpc-own',
  CidrBlock: '10.0.40.0/24',
  AvailableIpAddressCount: 40,
  RouteTable: { RouteTableId: 'vtb-1' },
};

interface Account {
  readonly nat?: readonly object[];
  readonly snat?: readonly object[] | ((query: CloudQuery) => readonly object[]);
  readonly listed?: readonly object[];
  readonly route?: ReturnType<typeof to>;
  readonly table?: string | undefined;
  readonly refused?: Partial<Record<CloudAction, ErrorCode>>;
}
const account = (given: Account): InMemoryCloud =>
  made({ nat: [gateway()], snat: [], refused: {}, ...given }, given);
const made = (
  { nat = [], snat = [], listed, route, refused = {} }: Account,
  given: Account,
): InMemoryCloud => ({
  answers: {
    'cs:DescribeClusterDetail': [{ vpc_id: 'vpc-own' }],
    'vpc:DescribeVSwitches': listed ?? [
      { ...VSW_A, RouteTable: 'table' in given ? {} : { RouteTableId: 'vtb-1' } },
    ],
    'vpc:DescribeVSwitchAttributes': ({ VSwitchId }) => notFound(String(VSwitchId)),
    'vpc:DescribeNatGateways': nat,
    'vpc:DescribeSnatTableEntries': snat,
    // One kind of next hop at a time, as the API lists them.
    'vpc:DescribeRouteEntryList': ({ NextHopType }: CloudQuery) =>
      route?.NextHops.NextHop[0]?.NextHopType === NextHopType ? [route] : [],
  },
  refused,
});
const NAT = to('NatGateway', 'ngw-1');
const NO_SNAT =
  'noSnat: Pods with addresses of vsw-a (10.0.40.0/24) cannot reach the Internet: its default route leads to NAT gateway ngw-1, and no SNAT entry covers it. Add one for vsw-a, or for a block that holds 10.0.40.0/24.';

describeCases(snatFacts, {
  'confirms it where no entry covers the vSwitch': {
    objects,
    cloud: account({ route: NAT, snat: [{ SourceVSwitchId: 'vsw-node' }] }),
    outcome: 'found',
    finds: [NO_SNAT],
    evidence: ['0.0.0.0/0 -> ngw-1; SNAT: none'],
  },
  'is not content with an entry for a part of it': {
    objects,
    cloud: account({ route: NAT, snat: [{ SourceCIDR: '10.0.40.0/25' }] }),
    outcome: 'found',
    finds: [NO_SNAT],
  },
  'is not content with an entry of another gateway': {
    objects,
    cloud: account({
      nat: [gateway(), gateway('ngw-2')],
      route: NAT,
      snat: ({ SnatTableId }) => (SnatTableId === 'stb-ngw-2' ? [{ SourceVSwitchId: 'vsw-a' }] : []),
    }),
    outcome: 'found',
    finds: [NO_SNAT],
  },
  'cannot tell what an entry that is not in force does': {
    objects,
    cloud: account({ route: NAT, snat: [{ SourceVSwitchId: 'vsw-a', Status: 'Pending' }] }),
    outcome: 'unknown',
    says: 'The SNAT entry that covers vsw-a at ngw-1 is not in force',
  },
  'cannot tell what a gateway that is not in force does': {
    objects,
    cloud: account({
      nat: [{ ...gateway(), Status: 'Deleting' }],
      route: NAT,
      snat: [{ SourceVSwitchId: 'vsw-a', Status: 'Available' }],
    }),
    outcome: 'unknown',
    says: 'leads to NatGateway ngw-1',
  },
  'cannot tell the way of a vSwitch that is gone': {
    objects,
    cloud: account({ listed: [], route: NAT }),
    outcome: 'unknown',
    says: 'The way of vsw-a to the Internet was not seen: it does not exist in the account',
  },
  'cannot tell the way of a vSwitch of another VPC': {
    objects,
    cloud: account({ listed: [{ ...VSW_A, VpcId: 'vpc-other' }], route: NAT }),
    outcome: 'unknown',
    says: 'it is in another VPC, vpc-other',
  },
  'cannot tell the way of a vSwitch that a shared VPC may hide': {
    objects,
    cloud: account({ listed: [{ ...VSW_A, VSwitchId: 'vsw-z', ShareType: 'Shared' }], route: NAT }),
    outcome: 'unknown',
    says: 'the VPC is shared',
  },
  'says nothing of the vSwitches of nodes where none is configured for pods': {
    objects: [
      fixture('01-daemonset-terway-eniip'),
      eniConfigMap({ daemon: { vswitches: {} } }),
      terwayPod('n1'),
      host('n1'),
    ],
    cloud: account({ route: NAT }),
    outcome: 'unknown',
    says: 'No pod vSwitch is configured',
  },
  'rules it out by an entry for the vSwitch': {
    objects,
    cloud: account({ route: NAT, snat: [{ SourceVSwitchId: 'vsw-a' }] }),
    outcome: 'clear',
  },
  'rules it out by an entry for a block that holds it': {
    objects,
    cloud: account({ route: NAT, snat: [{ SourceCIDR: '10.0.0.0/16' }] }),
    outcome: 'clear',
  },
  'confirms it where the table has no default route of any kind': {
    objects,
    cloud: account({ snat: [{ SourceCIDR: '10.0.0.0/16' }] }),
    outcome: 'found',
    finds: [
      'noRoute: Pods with addresses of vsw-a (10.0.40.0/24) cannot reach the Internet: route table vtb-1 has no route 0.0.0.0/0, although a NAT gateway is there (ngw-1).',
    ],
  },
  'takes a gateway inside the VPC for no way out': {
    objects,
    cloud: account({ nat: [gateway('ngw-2', 'intranet')] }),
    outcome: 'clear',
    finds: [
      'noGateway: The VPC has no NAT gateway, and vsw-a no default route: pods reach the Internet only with addresses of their own (EIP). Where that is meant, nothing is wrong.',
    ],
  },
  'cannot tell what lies beyond a transit router': {
    objects,
    cloud: account({ route: to('Attachment', 'tr-attach-1') }),
    outcome: 'unknown',
    says: 'leads to Attachment tr-attach-1',
  },
  'cannot tell without the name of the table': {
    objects,
    cloud: account({ table: undefined, route: NAT, snat: [{ SourceVSwitchId: 'vsw-a' }] }),
    outcome: 'unknown',
    says: 'no route table told',
  },
  'says which action is missing': {
    objects,
    cloud: account({ route: NAT, refused: { 'vpc:DescribeSnatTableEntries': 'cloud.forbidden' } }),
    outcome: 'unknown',
    says: 'may not call vpc:DescribeSnatTableEntries',
  },
});
