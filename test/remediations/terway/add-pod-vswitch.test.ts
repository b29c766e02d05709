import { addPodVswitch } from '../../../src/remediations/terway/add-pod-vswitch.js';
import { describePlan } from '../../support/describe-plan.js';
import { describeRemediation } from '../../support/describe-remediation.js';
import { node } from '../../support/kube-objects.js';
import { terway } from './terway-objects.js';

const params = { vSwitch: 'vsw-bp1newone7k2m4p6q8r0', zone: 'cn-hangzhou-i' };
const about = { kind: 'ConfigMap', namespace: 'kube-system', name: 'eni-config' };

describeRemediation(addPodVswitch, {
  scenario: 'terway-exhausted',
  params,
  diff: [
    '-      "vsw-bp1d8f1h4j7l0n3p6r9t2"',
    '+      "vsw-bp1d8f1h4j7l0n3p6r9t2",',
    '+      "vsw-bp1newone7k2m4p6q8r0"',
  ],
  warns: ['Not verified', 'SNAT', 'Only ENIs created from now on'],
  ends: 'unproven',
  objects: [about],
});

const changes = ['edit-document ConfigMap/eni-config', 'roll-pods DaemonSet/terway-eniip'];

describePlan(addPodVswitch, {
  'adds it behind those of its zone, and restarts Terway': {
    objects: terway(),
    params,
    changes,
    risk: 'medium',
  },
  'restarts the exclusive-mode DaemonSet where that is the one': {
    objects: terway({ daemonSetName: 'terway-eni' }),
    params,
    changes: [changes[0] ?? '', 'roll-pods DaemonSet/terway-eni'],
  },
  'says what the first vSwitch of a zone changes': {
    objects: [...terway(), node('n2', { labels: { 'topology.kubernetes.io/zone': 'cn-hangzhou-h' } })],
    params: { ...params, zone: 'cn-hangzhou-h' },
    changes,
    warns: ['Zone cn-hangzhou-h had no pod vSwitch'],
  },
  'names nodes that have a list of their own': {
    objects: terway({ labels: { 'terway-config': 'eni-config-fixed' } }),
    params,
    warns: ['do not take it: n1'],
  },
  'is a high risk where the restart moves IPvlan to DataPath V2': {
    objects: terway({ type: 'IPVlan', image: 'acs/terway:v1.13.2-1718bc8' }),
    params,
    risk: 'high',
    warns: ['moves IPvlan nodes to DataPath V2'],
  },
  'has nothing to do where it is listed': {
    objects: terway(),
    params: { ...params, vSwitch: 'vsw-aaaaaa1' },
    changes: [],
  },
  'refuses one that another zone lists': {
    objects: [...terway(), node('n2', { labels: { 'topology.kubernetes.io/zone': 'cn-hangzhou-h' } })],
    params: { vSwitch: 'vsw-aaaaaa1', zone: 'cn-hangzhou-h' },
    refuses: 'listed already, for zone cn-hangzhou-i',
  },
  'refuses a zone without nodes': {
    objects: terway(),
    params: { ...params, zone: 'cn-hangzhou-z' },
    refuses: 'its nodes are in cn-hangzhou-i',
  },
  'refuses what is no vSwitch id': {
    objects: terway(),
    params: { ...params, vSwitch: 'vsw-"]}' },
    refuses: 'vSwitch',
  },
  'refuses where no pod vSwitches are configured': {
    objects: terway({ eniConf: '{}' }),
    params,
    refuses: 'lists no pod vSwitches',
  },
  'refuses a broken eni_conf': {
    objects: terway({ eniConf: '{"vswitches":' }),
    params,
    refuses: 'eni_conf in ConfigMap',
  },
  'refuses a broken CNI config': {
    objects: terway({ cni: '{' }),
    params,
    refuses: '10-terway.conf in ConfigMap',
  },
  'refuses where a label changed the mode of a node': {
    objects: terway({ labels: { 'k8s.aliyun.com/exclusive-mode-eni-type': 'eniOnly' } }),
    params,
    refuses: 'would not start there again: n1',
  },
  'accepts a node that really is exclusive': {
    objects: terway({
      labels: { 'k8s.aliyun.com/exclusive-mode-eni-type': 'eniOnly' },
      allocatable: { 'aliyun/eni': '4' },
    }),
    params,
    changes,
  },
  'refuses an old kernel where eBPF needs a newer one': {
    objects: terway({ type: 'datapathv2', image: 'acs/terway:v1.15.3', kernel: '4.19.91-19.1.al7.x86_64' }),
    params,
    refuses: 'needs kernel 5.10',
  },
  'refuses it too where the policy engine is eBPF': {
    objects: terway({
      cni: '{"type":"terway","network_policy_provider":"ebpf"}',
      image: 'acs/terway:v1.15.3',
      kernel: '4.19.91',
    }),
    params,
    refuses: 'needs kernel 5.10',
  },
  'does not mind an old kernel without eBPF': {
    objects: terway({ image: 'acs/terway:v1.15.3', kernel: '4.19.91' }),
    params,
    changes,
  },
  'refuses where Terway does not run': { objects: terway().slice(1), params, refuses: 'Terway' },
});
