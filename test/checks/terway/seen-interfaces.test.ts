import { eniQuotaExhausted } from '../../../src/checks/terway/eni-quota-exhausted.js';
import type { CloudAction } from '../../../src/cloud/actions.js';
import type { ErrorCode } from '../../../src/errors.js';
import { type InMemoryCloud, notFound } from '../../support/cloud-of.js';
import { describeCases } from '../../support/describe-check.js';
import { fixture } from '../../support/kube-objects.js';
import { eniConfigMap, event, host, pod, terwayPod } from '../../support/terway-objects.js';

const CLUSTER = 'c4f1e0a97b2d84c63a5e1f0d9b8c7a652';
const OURS = {
  Tag: [
    { TagKey: 'creator', TagValue: 'terway' },
    { TagKey: 'ack.aliyun.com', TagValue: CLUSTER },
  ],
};
const card = (id: string, rest: object = {}) => ({
  NetworkInterfaceId: id,
  Status: 'InUse',
  Type: 'Secondary',
  VSwitchId: 'vsw-a',
  InstanceId: 'i-bp1node00001',
  CreationTime: '2026-11-20T00:00:00Z',
  ...rest,
});
const primary = card('eni-p', { Type: 'Primary', VSwitchId: 'vsw-node' });
const vSwitch = (id: string, free: number) => ({
  VSwitchId: id,
  ZoneId: 'cn-hangzhou-i',
  VpcId: 'vpc-own',
  CidrBlock: '10.0.40.0/24',
  AvailableIpAddressCount: free,
});
const account = (
  cards: readonly object[],
  {
    free = 40,
    refused = {},
    types,
  }: { free?: number; refused?: Partial<Record<CloudAction, ErrorCode>>; types?: readonly object[] } = {},
): InMemoryCloud => ({
  answers: {
    'cs:DescribeClusterDetail': [{ vpc_id: 'vpc-own' }],
    'vpc:DescribeVSwitches': [vSwitch('vsw-a', 0), vSwitch('vsw-b', free)],
    'vpc:DescribeVSwitchAttributes': ({ VSwitchId }) => notFound(String(VSwitchId)),
    'ecs:DescribeNetworkInterfaces': cards,
    'ecs:DescribeInstanceTypes': types ?? [
      { InstanceTypeId: 'ecs.g7.large', EniQuantity: 3, EniPrivateIpAddressQuantity: 6 },
    ],
  },
  refused,
});

const node = (() => {
  const made = host('n1', { labels: { 'node.kubernetes.io/instance-type': 'ecs.g7.large' } });
  return { ...made, spec: { ...(made.spec as object), providerID: 'cn-hangzhou.i-bp1node00001' } };
})();
const failing = [
  fixture('01-daemonset-terway-eniip'),
  eniConfigMap({ daemon: { vswitches: { 'cn-hangzhou-i': ['vsw-a', 'vsw-b'] } } }),
  terwayPod('n1'),
  node,
  pod('web-1'),
  event(
    'errCode: InvalidVSwitchId.IpNotEnough, msg: The specified VSwitch "vsw-a" has not enough IpAddress.',
    {
      about: 'n1',
      kind: 'Node',
    },
  ),
];
const SUSPECTED =
  'suspected: 1 node finds vSwitch vsw-a empty although vsw-b of the same zone is configured: either Terway there was not restarted after the change, or its ENI quota is used up.';
const SPENT =
  'oldInterfaces: 1 node has used up its ENI quota on vSwitches without free addresses (vsw-a), so vsw-b cannot take effect there. Rotate this node: n1.';

describeCases(eniQuotaExhausted, {
  'confirms a spent quota by the ENIs of the instance': {
    objects: failing,
    cloud: account([primary, card('eni-1'), card('eni-2')]),
    outcome: 'found',
    finds: [SPENT],
    evidence: ['3 of 3 ENIs', 'eni-1 (Secondary) on vsw-a'],
  },
  'rules a spent quota out where the instance has a free slot': {
    objects: failing,
    cloud: account([primary, card('eni-1')]),
    outcome: 'clear',
  },
  'does not count members, which hang on a trunk': {
    objects: failing,
    cloud: account([primary, card('eni-1', { Type: 'Trunk' }), card('eni-2', { Type: 'Member' })]),
    outcome: 'clear',
  },
  'cannot tell where an ENI is on the other vSwitch already': {
    objects: failing,
    cloud: account([primary, card('eni-1'), card('eni-2', { VSwitchId: 'vsw-b' })]),
    outcome: 'unknown',
    finds: [SUSPECTED],
  },
  'cannot tell where the other vSwitch has no room either': {
    objects: failing,
    cloud: account([primary, card('eni-1'), card('eni-2')], { free: 0 }),
    outcome: 'unknown',
    finds: [SUSPECTED],
  },
  'cannot tell where the instance type is not known': {
    objects: failing,
    cloud: account([primary, card('eni-1'), card('eni-2')], { types: [] }),
    outcome: 'unknown',
    finds: [SUSPECTED],
  },
  'gives the Kubernetes part where ENIs may not be listed': {
    objects: failing,
    cloud: account([], { refused: { 'ecs:DescribeNetworkInterfaces': 'cloud.forbidden' } }),
    outcome: 'unknown',
    says: 'may not call ecs:DescribeNetworkInterfaces',
    finds: [SUSPECTED],
  },
  'tells of ENIs of ours that nothing uses, and of those on machines that are no nodes': {
    objects: [
      ...failing.slice(0, 4),
      host('n2', { sufficient: { status: 'True', at: '2026-11-24T02:56:00Z' } }),
    ],
    cloud: account([
      primary,
      card('eni-free', { Status: 'Available', InstanceId: '', Tags: OURS }),
      card('eni-young', {
        Status: 'Available',
        InstanceId: '',
        Tags: OURS,
        CreationTime: '2026-11-24T02:30:00Z',
      }),
      card('eni-foreign', { Status: 'Available', InstanceId: '' }),
      card('eni-gone', { InstanceId: 'i-bp1other0001', Tags: OURS }),
      card('eni-own', { Tags: OURS }),
    ]),
    outcome: 'clear',
    finds: [
      'leaked: 1 ENI that Terway made for this cluster is attached to nothing for more than an hour, and holds addresses of vsw-a: eni-free. acknet deletes none; `terway-cli eni list` on a node shows them.',
      'strayed: 1 ENI that Terway made for this cluster is attached to instances that are none of its nodes: eni-gone on i-bp1other0001. See whether those instances left the cluster without being released.',
    ],
  },
});
