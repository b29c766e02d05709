import { conntrackLimit } from '../../../src/checks/kube-proxy/conntrack-limit.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { describeCheck } from '../../support/describe-check.js';
import { configMap, daemonSet, fixture, node } from '../../support/kube-objects.js';
import { proxyConfig, proxyPod } from './kube-proxy-objects.js';

const config = proxyConfig('conntrack:\n  maxPerCore: 65536\nmode: ipvs\n');
const sized = (name: string, cpu: string): JsonObject => {
  const plain = node(name);
  return { ...plain, status: { ...(plain.status as JsonObject), capacity: { cpu } } };
};
const full = (on: string, at = '2026-11-24T02:50:00Z'): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { namespace: 'default', name: `${on}.1` },
  involvedObject: { kind: 'Node', name: on, uid: on },
  type: 'Warning',
  reason: 'ConntrackFull',
  message: 'Conntrack table usage over 90%: 250000 out of 262144',
  source: { component: 'network-custom-plugin-monitor' },
  lastTimestamp: at,
  count: 4,
});
const terway = fixture('01-daemonset-terway-eniip');
const objects = [config, sized('n1', '4'), proxyPod('n1')];

describeCheck(conntrackLimit, {
  'is clear where no node reports it: what Kubernetes cannot show is said once, by the entry': {
    objects,
    outcome: 'clear',
  },
  'finds nodes whose table is nearly full': {
    objects: [...objects, sized('n2', '8'), full('n1'), full('n2'), full('n2', '2026-11-24T02:55:00Z')],
    outcome: 'found',
    finds: [
      'full: The conntrack table of 2 nodes was over 90% full within the last hour (n2, n1); once it is full the kernel drops packets of new connections.',
    ],
    evidence: [
      'Event ConntrackFull on Node n1 (4 times): Conntrack table usage over 90%: 250000 out of 262144',
    ],
  },
  'takes an event of yesterday as history': {
    objects: [...objects, full('n1', '2026-11-23T02:50:00Z')],
    outcome: 'clear',
  },
  'takes an event from before the fix as history': {
    objects: [...objects, full('n1')],
    since: '2026-11-24T02:52:00Z',
    outcome: 'unknown',
    says: 'No ConntrackFull event since the change',
  },
  'says that maxPerCore is not it where pods are tracked in eBPF': {
    objects: [...objects, terway, fixture('03-configmap-eni-config-datapathv2'), full('n1')],
    outcome: 'found',
    finds: [
      'fullAccelerated: The conntrack table of 1 node was over 90% full within the last hour (n1). Pod connections are in eBPF maps here (DataPath V2), so host-network pods or NodePort traffic fill it; maxPerCore changes nothing for pods.',
    ],
  },
  'treats Terway without acceleration as Linux conntrack': {
    objects: [...objects, terway, fixture('02-configmap-eni-config-default'), full('n1')],
    outcome: 'found',
    finds: [
      'full: The conntrack table of 1 node was over 90% full within the last hour (n1); once it is full the kernel drops packets of new connections.',
    ],
  },
  'advises about less than ACK’s own value': {
    objects: [proxyConfig('conntrack:\n  maxPerCore: 16384\n'), sized('n1', '4'), proxyPod('n1')],
    outcome: 'clear',
    finds: [
      'belowDefault: ConfigMap kube-proxy-worker allows 16384 connections a core; ACK’s own value is 65536, and the FAQ asks for that or more.',
    ],
  },
  'advises about a limit left to the kernel, of workers and masters alike': {
    objects: [
      proxyConfig('conntrack:\n  maxPerCore: 0\n'),
      proxyConfig('conntrack:\n  maxPerCore: 0\n', 'kube-proxy-master'),
      sized('n1', '4'),
    ],
    outcome: 'clear',
    finds: [
      'leftAlone: ConfigMap kube-proxy-worker sets maxPerCore to 0: kube-proxy leaves the limit as each node’s kernel has it.',
      'leftAlone: ConfigMap kube-proxy-master sets maxPerCore to 0: kube-proxy leaves the limit as each node’s kernel has it.',
    ],
  },
  'still finds the event where the configuration cannot be read': {
    objects: [daemonSet('kube-proxy-worker', 'x'), full('n1')],
    outcome: 'found',
    finds: [
      'full: The conntrack table of 1 node was over 90% full within the last hour (n1); once it is full the kernel drops packets of new connections.',
    ],
    says: 'no key config.conf',
  },
  'cannot tell from a malformed configuration': {
    objects: [configMap('kube-proxy-worker', { 'config.conf': '\t:' })],
    outcome: 'unknown',
    says: 'is not valid YAML',
  },
  'cannot tell from a number in quotes': {
    objects: [proxyConfig('conntrack:\n  maxPerCore: "65536"\n')],
    outcome: 'unknown',
    says: 'conntrack.maxPerCore must be a whole number',
  },
  'cannot tell without the right to list events': {
    objects,
    forbidden: ['events'],
    outcome: 'unknown',
    says: 'may not',
  },
});
