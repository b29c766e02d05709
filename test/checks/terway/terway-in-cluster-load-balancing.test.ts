import { terwayInClusterLoadBalancing } from '../../../src/checks/terway/terway-in-cluster-load-balancing.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { count } from '../../../src/texts/count.js';
import { describeCheck } from '../../support/describe-check.js';
import { daemonSet, fixture } from '../../support/kube-objects.js';
import { eniConfigMap, host, terwayNode, terwayPod } from '../../support/terway-objects.js';

const set = fixture('01-daemonset-terway-eniip');
const ipvlan = (
  data: Readonly<Record<string, string>> = {},
  more: { writtenAt?: string; daemon?: JsonObject } = {},
) => eniConfigMap({ cni: { eniip_virtual_type: 'IPVlan' }, data, ...more });
const balanced: JsonObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'front', namespace: 'shop' },
  spec: { type: 'LoadBalancer' },
  status: { loadBalancer: { ingress: [{ ip: '47.96.1.2' }] } },
};
const EXCLUSIVE = { 'k8s.aliyun.com/exclusive-mode-eni-type': 'eniOnly' };
const off = (services: number): string =>
  `off: In-cluster load balancing is off: calls from pods to the external addresses of ${count(services, 'Service')} leave the cluster and may fail on the way back.`;

describeCheck(terwayInClusterLoadBalancing, {
  'stays quiet where it is set and Terway restarted since': {
    objects: [
      set,
      ipvlan({ in_cluster_loadbalance: 'true' }, { writtenAt: '2026-11-19T00:00:00Z' }),
      terwayPod('n1'),
    ],
    outcome: 'clear',
  },
  'stays quiet where the policy log proves it, though the pod is older than the ConfigMap': {
    objects: [
      set,
      ipvlan({ in_cluster_loadbalance: 'true' }, { writtenAt: '2026-11-24T01:00:00Z' }),
      terwayPod('n1'),
    ],
    logs: {
      'terway-eniip-n1/policy': `level=info msg="  --enable-in-cluster-loadbalance='true'" subsys=daemon\n`,
    },
    outcome: 'clear',
  },
  'cannot tell without that proof where the API server does not date every write': {
    objects: [
      set,
      ipvlan({ in_cluster_loadbalance: 'true' }, { writtenAt: '2026-11-19T00:00:00Z' }),
      terwayPod('n1'),
    ],
    version: 'v1.22.3-aliyun.1',
    outcome: 'unknown',
    says: 'eni-config may have been changed after',
  },
  'advises that it is set and not in effect yet': {
    objects: [
      set,
      ipvlan({ in_cluster_loadbalance: 'true' }, { writtenAt: '2026-11-24T01:00:00Z' }),
      terwayPod('n1'),
    ],
    outcome: 'clear',
    finds: [
      'pending: In-cluster load balancing is set, but 1 of 1 Terway pod started before the ConfigMap was last written: it may not be in effect on n1.',
    ],
    evidence: ['status.startTime: 2026-11-20T00:00:00Z'],
  },
  'advises where it is off, with the Services it concerns': {
    objects: [set, ipvlan(), balanced],
    outcome: 'clear',
    finds: [off(1)],
    evidence: [
      'data["in_cluster_loadbalance"]: key absent',
      'Service shop/front, external addresses: 47.96.1.2',
    ],
  },
  'advises where it is switched off by its value': {
    objects: [set, ipvlan({ in_cluster_loadbalance: 'false' })],
    outcome: 'clear',
    finds: [off(0)],
  },
  'advises where its value is empty': {
    objects: [set, ipvlan({ in_cluster_loadbalance: '' })],
    outcome: 'clear',
    finds: [off(0)],
  },
  'finds a value that was meant to switch it on': {
    objects: [set, ipvlan({ in_cluster_loadbalance: 'True' })],
    outcome: 'found',
    finds: ['invalid: in_cluster_loadbalance is "True"; only the exact text "true" switches it on.'],
    evidence: ['data["in_cluster_loadbalance"]: True'],
  },
  'finds the key inside eni_conf': {
    objects: [set, fixture('04-configmap-eni-config-ipvlan-eip')],
    outcome: 'found',
    finds: [
      'misplaced: in_cluster_loadbalance stands inside eni_conf, where nothing reads it. It belongs beside eni_conf, as a key of its own.',
    ],
    evidence: ['data["eni_conf"].in_cluster_loadbalance: "true"'],
  },
  'forgives the key inside eni_conf while the right one is set': {
    objects: [
      set,
      ipvlan({ in_cluster_loadbalance: 'true' }, { daemon: { in_cluster_loadbalance: 'true' } }),
    ],
    outcome: 'clear',
  },
  'advises on a Terway that cannot do it': {
    objects: [daemonSet('terway-eniip', 'acs/terway:v1.0.10.333-gfd2b7b8-aliyun'), ipvlan()],
    outcome: 'clear',
    finds: [
      'tooOld: Terway 1.0.10.333 cannot keep calls to external addresses in the cluster; 1.2.0 and later can.',
    ],
  },
  'has nothing to say without acceleration': {
    objects: [set, fixture('02-configmap-eni-config-default')],
    outcome: 'not-applicable',
    says: 'No accelerated data path',
  },
  'believes what nodes use rather than the config': {
    objects: [set, eniConfigMap(), terwayNode('n1', { datapath: 'datapathv2' })],
    outcome: 'clear',
    finds: [off(0)],
  },
  'has nothing to say about exclusive ENI': {
    objects: [daemonSet('terway-eni', 'acs/terway:v1.4.3'), ipvlan()],
    outcome: 'not-applicable',
    says: 'Exclusive ENI',
  },
  'has nothing to say where every pool is of exclusive ENI': {
    objects: [
      set,
      ipvlan({ in_cluster_loadbalance: 'True' }),
      terwayPod('n1'),
      host('n1', { labels: EXCLUSIVE, allocatable: { 'aliyun/eni': '3' } }),
    ],
    outcome: 'not-applicable',
    says: 'Exclusive ENI',
  },
  'waits for no pod of an exclusive node to bring it into effect': {
    objects: [
      set,
      ipvlan({ in_cluster_loadbalance: 'true' }, { writtenAt: '2026-11-24T01:00:00Z' }),
      terwayPod('n1'),
      host('n1'),
      terwayPod('n2'),
      host('n2', { labels: EXCLUSIVE, allocatable: { 'aliyun/eni': '3' } }),
      terwayPod('n3', { set: 'terway-eni' }),
      host('n3', { allocatable: { 'aliyun/eni': '3' } }),
    ],
    outcome: 'clear',
    finds: [
      'pending: In-cluster load balancing is set, but 1 of 1 Terway pod started before the ConfigMap was last written: it may not be in effect on n1.',
    ],
  },
  'cannot tell without the ConfigMap': { objects: [set], outcome: 'unknown', says: 'eni-config' },
  'cannot tell from a CNI config that does not parse': {
    objects: [set, eniConfigMap({ data: { '10-terway.conf': '{' } })],
    outcome: 'unknown',
    says: '10-terway.conf',
  },
  'cannot tell when Services may not be listed': {
    objects: [set, ipvlan()],
    forbidden: ['services'],
    outcome: 'unknown',
    says: 'services',
  },
  'does not apply to Flannel': {
    objects: [fixture('06-daemonset-kube-flannel-ds')],
    outcome: 'not-applicable',
  },
});
