import { eniQuotaExhausted } from '../../../src/checks/terway/eni-quota-exhausted.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { describeCheck } from '../../support/describe-check.js';
import { fixture } from '../../support/kube-objects.js';
import {
  eniConfigMap,
  event,
  host,
  type InterfaceShape,
  pod,
  terwayNode,
  terwayPod,
} from '../../support/terway-objects.js';

const set = fixture('01-daemonset-terway-eniip');
const expanded = (more: JsonObject = {}): JsonObject =>
  eniConfigMap({
    daemon: { vswitches: { 'cn-hangzhou-i': ['vsw-a', 'vsw-b'] }, ...more },
    writtenAt: '2026-11-24T01:00:00Z',
  });
const crd = expanded({ ipam_type: 'crd' });
const NOW = '2026-11-24T02:55:00Z';
const full = (vSwitch: string, at: string = NOW): InterfaceShape => ({
  vSwitch,
  addresses: { '10.0.40.11': 'shop/web-0' },
  insufficientAt: at,
});
const resource = (name: string, interfaces: readonly InterfaceShape[]): JsonObject =>
  terwayNode(name, { options: ['vsw-a', 'vsw-b'], quota: 2, interfaces });
const notEnough =
  'errCode: InvalidVSwitchId.IpNotEnough, msg: The specified VSwitch "vsw-a" has not enough IpAddress.';
const onNode = (message: string, about = 'n1', at?: string): JsonObject =>
  event(message, { about, kind: 'Node', ...(at !== undefined && { at }) });
const FRESH = { status: 'True', at: '2026-11-24T02:56:00Z' };

describeCheck(eniQuotaExhausted, {
  'stays quiet about a node that has an ENI slot left': {
    objects: [set, crd, host('n1'), resource('n1', [full('vsw-a')])],
    outcome: 'clear',
  },
  'stays quiet about spent quota while an ENI has free addresses': {
    objects: [
      set,
      crd,
      host('n1'),
      resource('n1', [full('vsw-a'), { vSwitch: 'vsw-a', addresses: { '10.0.40.12': '' } }]),
    ],
    outcome: 'clear',
  },
  'stays quiet where every configured vSwitch is in use: then only addresses are short': {
    objects: [set, crd, host('n1'), resource('n1', [full('vsw-a'), full('vsw-b')])],
    outcome: 'clear',
  },
  'finds nodes whose ENIs all stand on the empty vSwitch': {
    objects: [set, crd, host('n1'), resource('n1', [full('vsw-a'), full('vsw-a')])],
    outcome: 'found',
    finds: [
      'oldInterfaces: 1 node has used up its ENI quota on vSwitches without free addresses (vsw-a), so vsw-b cannot take effect there. Rotate this node: n1.',
    ],
    evidence: [
      '2 of 2 ENIs: eni-n1-0 on vsw-a (0 free), eni-n1-1 on vsw-a (0 free); configured: vsw-a, vsw-b',
    ],
  },
  'finds it in a real-shaped node resource': {
    objects: [
      set,
      crd,
      host('cn-hangzhou.10.0.34.17'),
      at(fixture('17-network-node-cr-eni-quota-reached'), '2026-11-24T02:15:12Z'),
    ],
    outcome: 'found',
    finds: [
      'oldInterfaces: 1 node has used up its ENI quota on vSwitches without free addresses (vsw-bp1d8f1h4j7l0n3p6r9t2), so vsw-bp1z5x8v1b4m7k0j3h6g9 cannot take effect there. Rotate this node: cn-hangzhou.10.0.34.17.',
    ],
  },
  'groups nodes in the same state': {
    objects: [
      set,
      crd,
      host('n1'),
      host('n2'),
      resource('n1', [full('vsw-a'), full('vsw-a')]),
      resource('n2', [full('vsw-a'), full('vsw-a')]),
    ],
    outcome: 'found',
    finds: [
      'oldInterfaces: 2 nodes have used up their ENI quota on vSwitches without free addresses (vsw-a), so vsw-b cannot take effect there. Rotate these nodes: n1, n2.',
    ],
  },
  'does not blame the quota when the added vSwitch is empty as well': {
    objects: [
      set,
      crd,
      host('n1'),
      resource('n1', [full('vsw-a'), full('vsw-a')]),
      onNode('[vsw-b no ip left, no available vSwitch for zone cn-hangzhou-i, vswList [vsw-b]]'),
    ],
    outcome: 'clear',
  },
  'takes a shortage of two hours ago for history': {
    objects: [
      set,
      crd,
      host('n1', { sufficient: FRESH }),
      resource('n1', [full('vsw-a', '2026-11-24T01:00:00Z'), full('vsw-a', '2026-11-24T01:00:00Z')]),
    ],
    outcome: 'clear',
  },
  'finds the quota error of the cloud': {
    objects: [set, expanded(), host('n1'), onNode('create eni failed: errCode: EniPerInstanceLimitExceeded')],
    outcome: 'found',
    finds: [
      'limit: The cloud refuses a further ENI on 1 node (EniPerInstanceLimitExceeded): n1. The pods there get addresses of the ENIs that are attached, or none.',
    ],
    evidence: ['Event AllocIPFailed on Node n1'],
  },
  'finds a full security group': {
    objects: [set, expanded(), host('n1'), onNode('errCode: SecurityGroupInstanceLimitExceed')],
    outcome: 'found',
    finds: [
      'securityGroupFull: A security group takes no further ENI (SecurityGroupInstanceLimitExceed), so 1 node gets no new addresses: n1.',
    ],
  },
  'finds a metadata service that does not answer, in the log': {
    objects: [
      set,
      expanded(),
      host('n1'),
      onNode('Get "http://100.100.100.200/latest/meta-data/": dial tcp 100.100.100.200:80: i/o timeout'),
    ],
    outcome: 'found',
    finds: [
      'metadataSilent: The metadata service of the instance (100.100.100.200) does not answer Terway on 1 node, so it gets no new ENIs or addresses: n1. Look at what blocks that address there: routes, iptables, security software.',
    ],
  },
  'finds missing permissions': {
    objects: [set, expanded(), host('n1'), onNode('errCode: Forbidden.RAM')],
    outcome: 'found',
    finds: [
      'denied: Terway may not call the cloud API (Forbidden.RAM), so 1 node gets no new ENIs or addresses: n1. Look at the RAM role of Terway.',
    ],
  },
  'suspects the quota where ENIs are not visible, and says that it cannot tell': {
    objects: [set, expanded(), host('n1'), terwayPod('n1'), onNode(notEnough)],
    outcome: 'unknown',
    finds: [
      'suspected: 1 node finds vSwitch vsw-a empty although vsw-b of the same zone is configured: either Terway there was not restarted after the change, or its ENI quota is used up.',
    ],
    evidence: [
      'Pod kube-system/terway-eniip-n1 on n1, status.startTime: 2026-11-20T00:00:00Z',
      '2026-11-24T01:00:00Z',
    ],
    says: 'does not show the ENIs',
  },
  'suspects nothing while one vSwitch is all there is': {
    objects: [set, eniConfigMap(), host('n1', { sufficient: FRESH }), onNode(notEnough)],
    outcome: 'clear',
  },
  'suspects nothing once the node gives addresses again': {
    objects: [set, expanded(), host('n1', { sufficient: FRESH }), onNode(notEnough)],
    outcome: 'clear',
  },
  'cannot tell whether another vSwitch is configured without eni_conf': {
    objects: [set, host('n1'), onNode(notEnough)],
    outcome: 'unknown',
    says: 'whether another vSwitch than the empty one is configured',
  },
  'cannot tell when nothing asked for an address': {
    objects: [set, eniConfigMap(), host('n1')],
    outcome: 'unknown',
    says: 'No pod got an address',
  },
  'cannot tell why pods wait when only a time-out is told': {
    objects: [
      set,
      crd,
      host('n1'),
      resource('n1', [{ vSwitch: 'vsw-a' }]),
      pod('web-1'),
      event('cmdAdd: error alloc ip rpc error: code = DeadlineExceeded', { about: 'web-1' }),
    ],
    outcome: 'unknown',
    says: 'shop/web-1',
  },
  'survives a node resource without spec and status': {
    objects: [
      set,
      crd,
      host('n1', { sufficient: FRESH }),
      { apiVersion: 'network.alibabacloud.com/v1beta1', kind: 'Node', metadata: { name: 'n1' } },
    ],
    outcome: 'clear',
  },
  'cannot tell when pods may not be listed': {
    objects: [set, crd, host('n1')],
    forbidden: ['pods'],
    outcome: 'unknown',
    says: 'pods',
  },
  'does not apply to Flannel': {
    objects: [fixture('06-daemonset-kube-flannel-ds')],
    outcome: 'not-applicable',
  },
});

/** The fixture's conditions, observed at another time. */
function at(object: JsonObject, time: string): JsonObject {
  return JSON.parse(JSON.stringify(object).replaceAll('2026-05-11T02:15:12Z', time)) as JsonObject;
}
