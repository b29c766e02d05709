import { podIpOutsideVSwitch } from '../../../src/checks/terway/pod-ip-outside-vswitch.js';
import { describeCheck } from '../../support/describe-check.js';
import { fixture } from '../../support/kube-objects.js';
import { eniConfigMap, event, host, overrideMap, terwayNode } from '../../support/terway-objects.js';

const set = fixture('01-daemonset-terway-eniip');
const config = eniConfigMap({ daemon: { ipam_type: 'crd' } });
const onA = terwayNode('n1', { interfaces: [{ vSwitch: 'vsw-a' }] });
const FIXED = { 'terway-config': 'eni-config-fixed' };
const override = overrideMap('eni-config-fixed', {
  data: { eni_conf: '{"vswitches":{"cn-hangzhou-i":["vsw-fixed"]}}' },
});
const withoutZone =
  'zoneWithout: No pod vSwitch is configured for zone cn-hangzhou-k: pods of its 1 node get addresses of the vSwitch of the node itself. Add a pod vSwitch of that zone.';

describeCheck(podIpOutsideVSwitch, {
  'stays quiet where every ENI is on a configured vSwitch': {
    objects: [set, config, host('n1'), onA],
    outcome: 'clear',
  },
  'stays quiet about a node with a vSwitch of its own by design': {
    objects: [
      set,
      config,
      override,
      host('n1', { labels: FIXED }),
      terwayNode('n1', { interfaces: [{ vSwitch: 'vsw-fixed' }] }),
    ],
    outcome: 'clear',
  },
  'stays quiet about the ENI of a single pod': {
    objects: [
      set,
      config,
      host('n1'),
      terwayNode('n1', { interfaces: [{ vSwitch: 'vsw-a' }, { vSwitch: 'vsw-db', type: 'Member' }] }),
    ],
    outcome: 'clear',
  },
  'finds a zone without a pod vSwitch': {
    objects: [
      set,
      config,
      host('n1'),
      onA,
      host('n2', { zone: 'cn-hangzhou-k' }),
      terwayNode('n2', { interfaces: [{ vSwitch: 'vsw-node' }] }),
    ],
    outcome: 'found',
    finds: [withoutZone],
    evidence: ['data["eni_conf"].vswitches: {"cn-hangzhou-i":["vsw-a"]}', 'n2: cn-hangzhou-k'],
  },
  'finds it without Terway node resources, and says what those would add': {
    objects: [set, config, host('n2', { zone: 'cn-hangzhou-k' })],
    outcome: 'found',
    finds: [withoutZone],
    says: '1 of 1 node are from is shown only with ipam_type crd',
  },
  'finds every zone when the config names no vSwitch': {
    objects: [set, eniConfigMap({ daemon: { vswitches: {} } }), host('n1'), onA],
    outcome: 'found',
    finds: [
      'zoneWithout: No pod vSwitch is configured for zone cn-hangzhou-i: pods of its 1 node get addresses of the vSwitch of the node itself. Add a pod vSwitch of that zone.',
    ],
  },
  'counts an override that gives the zone a vSwitch': {
    objects: [
      set,
      config,
      overrideMap('eni-config-fixed', { data: { eni_conf: '{"vswitches":{"cn-hangzhou-k":["vsw-k"]}}' } }),
      host('n1', { zone: 'cn-hangzhou-k', labels: FIXED }),
      terwayNode('n1', { interfaces: [{ vSwitch: 'vsw-k' }] }),
    ],
    outcome: 'clear',
  },
  'finds an override that takes the vSwitches of the zone away': {
    objects: [
      set,
      config,
      overrideMap('eni-config-fixed', { data: { eni_conf: '{"vswitches":{"cn-hangzhou-i":null}}' } }),
      host('n1', { labels: FIXED }),
      onA,
    ],
    outcome: 'found',
    finds: [
      'zoneWithout: No pod vSwitch is configured for zone cn-hangzhou-i: pods of its 1 node get addresses of the vSwitch of the node itself. Add a pod vSwitch of that zone.',
    ],
  },
  'finds Lingjun nodes that get no address at all': {
    objects: [
      set,
      config,
      host('l1', { zone: 'cn-hangzhou-k', labels: { 'alibabacloud.com/lingjun-worker': 'true' } }),
      terwayNode('l1', { interfaces: [{ vSwitch: 'vsw-a' }] }),
      event('failed to get vsw for zone cn-hangzhou-k', { about: 'l1', kind: 'Node', reason: 'ConfigError' }),
    ],
    outcome: 'found',
    finds: [
      'zoneFails: No pod vSwitch is configured for zone cn-hangzhou-k, and its 1 Lingjun node does not fall back to another: the pods there get no address. Add a pod vSwitch of that zone.',
    ],
    evidence: ['Event ConfigError on Node l1: failed to get vsw for zone cn-hangzhou-k'],
  },
  'finds a node without a zone label': {
    objects: [set, config, host('n1', { zone: '' }), onA],
    outcome: 'found',
    finds: [
      'zoneWithout: No pod vSwitch is configured for zone unknown (no zone label): pods of its 1 node get addresses of the vSwitch of the node itself. Add a pod vSwitch of that zone.',
    ],
  },
  'finds ENIs on a vSwitch that is not configured': {
    objects: [
      set,
      config,
      host('n1'),
      terwayNode('n1', {
        interfaces: [
          { vSwitch: 'vsw-a' },
          { vSwitch: 'vsw-old', cidr: '10.9.0.0/24', addresses: { '10.9.0.7': 'shop/web-0' } },
        ],
      }),
    ],
    outcome: 'found',
    finds: [
      'foreignInterfaces: 1 ENI on 1 node is on vSwitch vsw-old, which is not configured for it, and 1 pod has its addresses. It was made before the setting changed or for another cluster: rotate n1.',
    ],
    evidence: ['vSwitchID vsw-old (10.9.0.0/24), configured: vsw-a; pods: shop/web-0 10.9.0.7'],
  },
  'cannot tell for nodes whose ENIs are not shown': {
    objects: [set, config, host('n1'), onA, host('n2')],
    outcome: 'unknown',
    says: '1 of 2 nodes are from is shown only with ipam_type crd',
  },
  'cannot tell for a node whose override may not be read': {
    objects: [
      set,
      config,
      host('n1', { labels: { 'terway-config': 'mine' } }),
      terwayNode('n1', { interfaces: [{ vSwitch: 'vsw-x' }] }),
    ],
    forbidden: ['configmaps/mine'],
    outcome: 'unknown',
    says: "ConfigMap kube-system/mine, named by the nodes' label terway-config, may not be read",
  },
  'cannot tell without the ConfigMap': { objects: [set, host('n1')], outcome: 'unknown', says: 'absent' },
  'cannot tell from an eni_conf that does not parse': {
    objects: [set, eniConfigMap({ data: { eni_conf: '{"vswitches":' } }), host('n1')],
    outcome: 'unknown',
    says: 'eni_conf is not a JSON object',
  },
  'cannot tell without nodes': { objects: [set, config], outcome: 'unknown', says: 'No node was read' },
  'cannot tell when nodes may not be listed': {
    objects: [set, config],
    forbidden: ['nodes'],
    outcome: 'unknown',
    says: 'nodes',
  },
  'does not apply to Flannel': {
    objects: [fixture('06-daemonset-kube-flannel-ds')],
    outcome: 'not-applicable',
  },
});
