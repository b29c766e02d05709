import { terwayAcceleration } from '../../../src/checks/terway/terway-acceleration.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { describeCheck } from '../../support/describe-check.js';
import { configMap, daemonSet, fixture, node } from '../../support/kube-objects.js';

const set = fixture('01-daemonset-terway-eniip');
const veth = fixture('02-configmap-eni-config-default');
const datapathv2 = fixture('03-configmap-eni-config-datapathv2');
const ipvlan = fixture('04-configmap-eni-config-ipvlan-eip');
const terwayPod = (on: string): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: `terway-eniip-${on}`,
    namespace: 'kube-system',
    ownerReferences: [{ kind: 'DaemonSet', name: 'terway-eniip', controller: true }],
  },
  spec: { nodeName: on, hostNetwork: true },
  status: { phase: 'Running', startTime: '2026-11-20T00:00:00Z' },
});
const terwayNode = (name: string, type: string): JsonObject => ({
  apiVersion: 'network.alibabacloud.com/v1beta1',
  kind: 'Node',
  metadata: { name },
  spec: { datapath: { type } },
});

const moved = (configured: string): string =>
  `moved: 1 node uses DataPath V2 though the config asks for ${configured}. Terway chooses that itself: from 1.13.0 on in place of IPvlan, and for eBPF network policies in place of veth. On n1.`;
const ipvlanEnds =
  'ipvlanEnds: IPvlan is configured on Terway 1.13.2: from 1.13.0 a restart of Terway moves a node to DataPath V2 (or fails where the node cannot run it).';

describeCheck(terwayAcceleration, {
  'stays quiet about DataPath V2 in effect, as the Node resource says': {
    objects: [set, datapathv2, node('n1'), terwayPod('n1'), terwayNode('n1', 'datapathv2')],
    outcome: 'clear',
  },
  'stays quiet about veth, as the init log says': {
    objects: [set, veth, node('n1'), terwayPod('n1')],
    logs: { 'terway-eniip-n1/terway-init': 'x\ndatapath = veth\ncni_exclusive_eni = default\n' },
    outcome: 'clear',
  },
  'cannot tell what nodes use once the init log is gone': {
    objects: [set, veth, node('n1'), terwayPod('n1')],
    outcome: 'unknown',
    says: 'init log is gone',
  },
  'finds nodes that use another datapath than configured': {
    objects: [set, datapathv2, node('n1'), terwayPod('n1'), terwayNode('n1', 'veth')],
    outcome: 'found',
    finds: ['differs: 1 node uses none (veth) while the config asks for DataPath V2: n1.'],
    evidence: ['nodes.network.alibabacloud.com n1, spec.datapath.type: veth'],
  },
  'is no fault that eBPF network policies bring DataPath V2 along': {
    objects: [set, veth, node('n1'), terwayPod('n1'), terwayNode('n1', 'datapathv2')],
    outcome: 'clear',
    finds: [moved('none (veth)')],
  },
  'finds DataPath V2 where neither the config nor its policies bring it': {
    objects: [
      set,
      configMap('eni-config', { '10-terway.conf': '{"type":"terway"}' }),
      node('n1'),
      terwayNode('n1', 'datapathv2'),
    ],
    outcome: 'found',
    finds: ['differs: 1 node uses DataPath V2 while the config asks for none (veth): n1.'],
  },
  'is no fault that 1.13 moved IPvlan nodes to DataPath V2': {
    objects: [
      daemonSet('terway-eniip', 'acs/terway:v1.13.2-1718bc8'),
      ipvlan,
      node('n1'),
      terwayNode('n1', 'datapathv2'),
    ],
    outcome: 'clear',
    finds: [moved('IPvlan + eBPF'), ipvlanEnds],
  },
  'finds DataPath V2 in place of IPvlan on a version that does not move nodes': {
    objects: [
      daemonSet('terway-eniip', 'acs/terway:v1.9.2'),
      ipvlan,
      node('n1'),
      terwayNode('n1', 'datapathv2'),
    ],
    outcome: 'found',
    finds: ['differs: 1 node uses DataPath V2 while the config asks for IPvlan + eBPF: n1.'],
  },
  'expects no acceleration of exclusive ENI nodes': {
    objects: [
      set,
      datapathv2,
      node('n1'),
      node('n2', { labels: { 'k8s.aliyun.com/exclusive-mode-eni-type': 'eniOnly' } }),
      terwayNode('n1', 'datapathv2'),
      terwayNode('n2', 'veth'),
    ],
    outcome: 'clear',
  },
  'reads the generated conflist in the init log': {
    objects: [set, veth, node('n1'), terwayPod('n1')],
    logs: { 'terway-eniip-n1/terway-init': '{"type":"terway","eniip_virtual_type": "datapathv2"}\n' },
    outcome: 'clear',
    finds: [moved('none (veth)')],
  },
  'finds a CNI config that does not parse': {
    objects: [set, configMap('eni-config', { '10-terway.conf': '{"type":"terway",' }), node('n1')],
    outcome: 'found',
    finds: [
      'unreadable: 10-terway.conf in ConfigMap eni-config is not a JSON object with a terway plugin, so Terway cannot write the CNI config of a node.',
    ],
  },
  'advises that IPvlan ends with 1.13': {
    objects: [
      daemonSet('terway-eniip', 'acs/terway:v1.13.2-1718bc8'),
      ipvlan,
      node('n1'),
      terwayNode('n1', 'ipvlan'),
    ],
    outcome: 'clear',
    finds: [ipvlanEnds],
  },
  'cannot tell without the ConfigMap': { objects: [set, node('n1')], outcome: 'unknown', says: 'eni-config' },
  'does not apply to Flannel': {
    objects: [fixture('06-daemonset-kube-flannel-ds')],
    outcome: 'not-applicable',
  },
});
