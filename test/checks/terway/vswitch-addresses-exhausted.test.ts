import { vSwitchAddressesExhausted } from '../../../src/checks/terway/vswitch-addresses-exhausted.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { describeCheck } from '../../support/describe-check.js';
import { fixture } from '../../support/kube-objects.js';
import {
  eniConfigMap,
  event,
  host,
  overrideMap,
  pod,
  terwayNode,
  terwayPod,
} from '../../support/terway-objects.js';

const set = fixture('01-daemonset-terway-eniip');
const FRESH = { status: 'True', at: '2026-11-24T02:56:00Z' };
const SHORT = { status: 'False', at: '2026-11-24T02:57:00Z' };
const notEnough = (vSwitch: string): string =>
  `errCode: InvalidVSwitchId.IpNotEnough, msg: The specified VSwitch "${vSwitch}" has not enough IpAddress., requestID: 5F1B`;
const onNode = (message: string, at?: string): JsonObject =>
  event(message, { about: 'n1', kind: 'Node', ...(at !== undefined && { at }) });
const EXHAUSTED =
  'exhausted: vSwitch vsw-a (zone cn-hangzhou-i) has no free address left: 1 node gets none from it, and 1 pod waits there. Add a vSwitch of the same zone.';
const base = [set, eniConfigMap(), terwayPod('n1')];

describeCheck(vSwitchAddressesExhausted, {
  'stays quiet where the node says it has addresses': {
    objects: [...base, host('n1', { sufficient: FRESH })],
    outcome: 'clear',
  },
  'stays quiet where a pod got an address within the hour': {
    objects: [
      ...base,
      host('n1'),
      pod('web-1', { ip: '10.0.40.11' }),
      event('Alloc IP 10.0.40.11/24 took 35.1ms', { about: 'web-1', reason: 'AllocIPSucceed' }),
    ],
    outcome: 'clear',
  },
  'stays quiet where the Terway node resource shows working ENIs': {
    objects: [...base, host('n1'), terwayNode('n1', { interfaces: [{ vSwitch: 'vsw-a' }] })],
    outcome: 'clear',
  },
  'cannot tell when nothing asked for an address': {
    objects: [...base, host('n1')],
    outcome: 'unknown',
    says: 'No pod got an address within the last hour',
  },
  'takes no old heartbeat for the present state': {
    objects: [...base, host('n1', { sufficient: { status: 'True', at: '2026-11-24T02:30:00Z' } })],
    outcome: 'unknown',
  },
  'finds the vSwitch that a node event names': {
    objects: [...base, host('n1'), pod('web-1'), onNode(notEnough('vsw-a'))],
    outcome: 'found',
    finds: [EXHAUSTED],
    evidence: ['Event AllocIPFailed on Node n1: errCode: InvalidVSwitchId.IpNotEnough'],
  },
  'asks for no further vSwitch where another one of the zone is set': {
    objects: [
      set,
      eniConfigMap({ daemon: { vswitches: { 'cn-hangzhou-i': ['vsw-a', 'vsw-new'] } } }),
      terwayPod('n1'),
      host('n1'),
      pod('web-1'),
      onNode(notEnough('vsw-a')),
    ],
    outcome: 'found',
    finds: [
      'exhaustedBesideOthers: vSwitch vsw-a (zone cn-hangzhou-i) has no free address left: 1 node gets none from it, and 1 pod waits there. vsw-new is configured there too, so a further vSwitch is not what lacks: either Terway there started before that was set, or the ENI quota of the node is spent on vsw-a.',
    ],
  },
  'asks for one where every one of the zone is empty': {
    objects: [
      set,
      eniConfigMap({ daemon: { vswitches: { 'cn-hangzhou-i': ['vsw-a', 'vsw-b'] } } }),
      terwayPod('n1'),
      host('n1'),
      pod('web-1'),
      onNode(notEnough('vsw-a')),
      event(notEnough('vsw-b'), { about: 'web-1' }),
    ],
    outcome: 'found',
    finds: [
      EXHAUSTED,
      'exhausted: vSwitch vsw-b (zone cn-hangzhou-i) has no free address left: 1 node gets none from it, and 1 pod waits there. Add a vSwitch of the same zone.',
    ],
  },
  'finds it in the error that a pod reports, whatever the case of the code': {
    objects: [
      ...base,
      host('n1'),
      pod('web-1'),
      event('Failed to create pod sandbox: … InvalidVSwitchID.IPNotEnough vsw-a', {
        about: 'web-1',
        reason: 'FailedCreatePodSandBox',
      }),
    ],
    outcome: 'found',
    finds: [EXHAUSTED],
  },
  'finds it in an ENI condition of the Terway node resource': {
    objects: [
      ...base,
      host('n1'),
      pod('web-1'),
      terwayNode('n1', { interfaces: [{ vSwitch: 'vsw-a', insufficientAt: '2026-11-24T02:55:00Z' }] }),
    ],
    outcome: 'found',
    finds: [EXHAUSTED],
    evidence: ['nodes.network.alibabacloud.com n1, status.networkInterfaces', 'vsw-a ip is not enough'],
  },
  'finds it in the log of an old Terway': {
    objects: [...base, host('n1'), pod('web-1')],
    logs: {
      'terway-eniip-n1/terway':
        'time="2026-11-24T02:57:00Z" level=warning msg="Assign private ip address failed: Code: InvalidVSwitchId.IpNotEnough Message: The specified VSwitch \\"vsw-a\\" has not enough IpAddress., retrying"\n',
    },
    saidAt: { 'terway-eniip-n1/terway': ['2026-11-24T02:57:00.1Z'] },
    outcome: 'found',
    finds: [EXHAUSTED],
    evidence: ['log of terway-eniip-n1, container terway: time="2026-11-24T02:57:00Z"'],
  },
  'ignores log lines of yesterday, and lines without a time': {
    objects: [...base, host('n1', { sufficient: FRESH })],
    logs: {
      'terway-eniip-n1/terway': `${notEnough('vsw-a')}\n${notEnough('vsw-a')}\n`,
    },
    saidAt: { 'terway-eniip-n1/terway': ['2026-11-23T02:57:00Z', '', ''] },
    outcome: 'clear',
  },
  'reads no log in CRD mode, where the daemon does not call the cloud': {
    objects: [
      set,
      eniConfigMap({ daemon: { ipam_type: 'crd' } }),
      terwayPod('n1'),
      host('n1', { sufficient: FRESH }),
    ],
    logs: { 'terway-eniip-n1/terway': `${notEnough('vsw-a')}\n` },
    outcome: 'clear',
  },
  'names both vSwitches of a zone that has none left': {
    objects: [
      set,
      eniConfigMap({ daemon: { vswitches: { 'cn-hangzhou-i': ['vsw-a', 'vsw-b'] } } }),
      host('n1'),
      onNode('[vsw-a no ip left, no available vSwitch for zone cn-hangzhou-i, vswList [vsw-a vsw-b]]'),
    ],
    outcome: 'found',
    finds: [
      'exhausted: vSwitch vsw-a (zone cn-hangzhou-i) has no free address left: 1 node gets none from it, and 0 pods wait there. Add a vSwitch of the same zone.',
      'exhausted: vSwitch vsw-b (zone cn-hangzhou-i) has no free address left: 1 node gets none from it, and 0 pods wait there. Add a vSwitch of the same zone.',
    ],
  },
  'says that the vSwitch is not told, and takes the zone of the node': {
    objects: [...base, host('n1'), onNode('errCode: QuotaExceeded.PrivateIpAddress')],
    outcome: 'found',
    finds: [
      'exhausted: vSwitch (id not told) (zone cn-hangzhou-i) has no free address left: 1 node gets none from it, and 0 pods wait there. Add a vSwitch of the same zone.',
    ],
  },
  'groups many nodes under one vSwitch': {
    objects: [
      ...base,
      ...Array.from({ length: 10 }, (_, index) => host(`m${index}`)),
      ...Array.from({ length: 10 }, (_, index) =>
        event(notEnough('vsw-a'), { about: `m${index}`, kind: 'Node' }),
      ),
    ],
    outcome: 'found',
    finds: [
      'exhausted: vSwitch vsw-a (zone cn-hangzhou-i) has no free address left: 10 nodes get none from it, and 0 pods wait there. Add a vSwitch of the same zone.',
    ],
    evidence: ['Further signs of the last hour: 4 more'],
  },
  'points at the ConfigMap that sets the vSwitch for its nodes': {
    objects: [
      ...base,
      host('n1', { labels: { 'terway-config': 'eni-config-fixed' } }),
      overrideMap('eni-config-fixed', {
        data: { eni_conf: '{"vswitches":{"cn-hangzhou-i":["vsw-fixed"]}}' },
      }),
      onNode(notEnough('vsw-fixed')),
    ],
    outcome: 'found',
    finds: [
      'dedicatedExhausted: vSwitch vsw-fixed, which ConfigMap eni-config-fixed sets for its nodes, has no free address left: 1 node gets none from it, and 0 pods wait there. Add a vSwitch of zone cn-hangzhou-i in that ConfigMap.',
    ],
  },
  'tells a vSwitch that Terway is not configured to use': {
    objects: [...base, host('n1'), onNode(notEnough('vsw-old'))],
    outcome: 'found',
    finds: [
      'unlistedExhausted: vSwitch vsw-old has no free address left, and Terway is not configured to use it: 1 node still does (an old ENI, a zone without a pod vSwitch, or a PodNetworking), and 0 pods wait there.',
    ],
  },
  'does not call a vSwitch unlisted while the config does not parse': {
    objects: [set, eniConfigMap({ data: { eni_conf: '{' } }), host('n1'), onNode(notEnough('vsw-old'))],
    outcome: 'found',
    finds: [
      'exhausted: vSwitch vsw-old (zone cn-hangzhou-i) has no free address left: 1 node gets none from it, and 0 pods wait there. Add a vSwitch of the same zone.',
    ],
  },
  'advises after a shortage that has passed': {
    objects: [
      ...base,
      host('n1'),
      pod('web-1', { ip: '10.0.40.11' }),
      onNode(notEnough('vsw-a'), '2026-11-24T02:40:00Z'),
      event('Alloc IP 10.0.40.11/24 took 35.1ms', { about: 'web-1', reason: 'AllocIPSucceed' }),
    ],
    outcome: 'clear',
    finds: [
      'recovered: vSwitch vsw-a (zone cn-hangzhou-i) had no free address at 2026-11-24T02:40:00Z; the nodes concerned have given addresses since. It is close to its end.',
    ],
  },
  'cannot tell why pods wait when only a time-out is told': {
    objects: [
      ...base,
      host('n1', { sufficient: FRESH }),
      pod('web-1'),
      event('cmdAdd: error alloc ip rpc error: code = DeadlineExceeded desc = context deadline exceeded', {
        about: 'web-1',
      }),
    ],
    outcome: 'unknown',
    says: '1 pod waits for an address: shop/web-1. ',
  },
  'blames no vSwitch for a node that carries all the pods it can': {
    objects: [
      ...base,
      host('n1', { annotations: { 'k8s.aliyun.com/max-available-ip': '1' }, sufficient: FRESH }),
      pod('web-0', { ip: '10.0.40.10' }),
      pod('web-1'),
      event('cmdAdd: error alloc ip rpc error: code = Unknown desc = no eni can handle the allocation', {
        about: 'web-1',
      }),
    ],
    outcome: 'clear',
  },
  'cannot tell of a node that says it has none, though another has': {
    objects: [...base, host('n1', { sufficient: SHORT }), host('n2', { sufficient: FRESH })],
    outcome: 'unknown',
    says: '1 node says that it has no free address: n1. ',
  },
  'expects no free address of a node that carries all the pods it can': {
    objects: [
      ...base,
      host('n1', { annotations: { 'k8s.aliyun.com/max-available-ip': '1' }, sufficient: SHORT }),
      pod('web-0', { ip: '10.0.40.10' }),
      host('n2', { sufficient: FRESH }),
    ],
    outcome: 'clear',
  },
  'expects no free address of a node that has a pod on each of its ENIs': {
    objects: [
      ...base,
      terwayPod('n1', { set: 'terway-eni' }),
      host('n1', { allocatable: { 'aliyun/eni': '1' }, sufficient: SHORT }),
      pod('web-0', { ip: '10.0.40.10' }),
      terwayPod('n2'),
      host('n2', { sufficient: FRESH }),
    ],
    outcome: 'clear',
  },
  'takes no old heartbeat for a present shortage': {
    objects: [
      ...base,
      host('n1', { sufficient: { status: 'False', at: '2026-11-24T02:30:00Z' } }),
      host('n2', { sufficient: FRESH }),
    ],
    outcome: 'clear',
  },
  'cannot tell of an ENI that has been marked for longer than an hour, and has nothing free': {
    objects: [
      ...base,
      host('n1'),
      terwayNode('n1', {
        interfaces: [
          {
            vSwitch: 'vsw-a',
            addresses: { '10.0.40.11': 'shop/web-0' },
            insufficientAt: '2026-11-24T01:30:00Z',
          },
        ],
      }),
      host('n2', { sufficient: FRESH }),
    ],
    outcome: 'unknown',
    says: 'no free address',
  },
  'takes events older than an hour for history': {
    objects: [...base, host('n1', { sufficient: FRESH }), onNode(notEnough('vsw-a'), '2026-11-24T01:30:00Z')],
    outcome: 'clear',
  },
  'proves nothing after a fix from events before it': {
    objects: [...base, host('n1'), onNode(notEnough('vsw-a')), pod('web-1')],
    since: '2026-11-24T02:55:00Z',
    outcome: 'unknown',
    says: 'shop/web-1',
  },
  'cannot tell when events may not be listed': {
    objects: [...base, host('n1')],
    forbidden: ['events'],
    outcome: 'unknown',
    says: 'events',
  },
  'cannot tell when Terway node resources may not be listed': {
    objects: [...base, host('n1')],
    forbidden: ['nodes'],
    outcome: 'unknown',
  },
  'says when the log that could tell may not be read': {
    objects: [...base, host('n1')],
    forbidden: ['pods/log'],
    outcome: 'unknown',
    says: 'may not get pods/log',
  },
  'does not call a vSwitch unlisted while an override may not be read': {
    objects: [...base, host('n1', { labels: { 'terway-config': 'mine' } }), onNode(notEnough('vsw-mine'))],
    forbidden: ['configmaps/mine'],
    outcome: 'found',
    finds: [
      'exhausted: vSwitch vsw-mine (zone cn-hangzhou-i) has no free address left: 1 node gets none from it, and 0 pods wait there. Add a vSwitch of the same zone.',
    ],
  },
  'works without the ConfigMap from what nodes say': {
    objects: [set, host('n1', { sufficient: FRESH })],
    outcome: 'clear',
  },
  'does not apply to Flannel': {
    objects: [fixture('06-daemonset-kube-flannel-ds')],
    outcome: 'not-applicable',
  },
});
